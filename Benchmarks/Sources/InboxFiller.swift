import Bellhop
import Cryptography
import Foundation
import InboxCore
import InboxSQLite
import Logging
import Synchronization

/// Makes inboxes with a history or a backlog, through the inbox itself, so that they are what a server would have made.
struct InboxFiller {
    let folder: URL
    var topic: Topic = "benchmarks/order"
    var handler = "benchmark"
    /// `nil` for a small body of its own for each event.
    var body: Data?

    /// Callers at once: what waits while a commit is flushed makes up the next.
    private static let callers = 512
    /// Work on one resource goes in order, and shops take turns.
    private static let shops = 20

    /// Accepts, claims and finishes so many events.
    func fill(finished events: Int) async throws {
        try await withInbox { inbox in
            try await accept(events, into: inbox)
            try await finishAll(in: inbox)
            let finished = try await inbox.counts().jobs[.done] ?? 0
            guard finished == events else {
                throw Bench.MeasurementFailed(what: "only \(finished) of \(events) events are finished")
            }
        }
    }

    /// Accepts so many events and leaves them.
    func fill(ready events: Int) async throws {
        try await withInbox { inbox in
            try await accept(events, into: inbox)
            let ready = try await inbox.counts().jobs[.ready] ?? 0
            guard ready == events else {
                throw Bench.MeasurementFailed(what: "only \(ready) of \(events) events are ready")
            }
        }
    }

    /// How many events have been finished.
    func finishedEvents() async throws -> Int {
        let finished = Mutex(0)
        try await withInbox { inbox in
            let count = try await inbox.counts().jobs[.done] ?? 0
            finished.withLock { $0 = count }
        }
        return finished.withLock { $0 }
    }

    /// Accepts events under new ids.
    func accept(_ events: Int, into inbox: SQLiteInbox) async throws {
        let run = UUID().uuidString
        try await withThrowingDiscardingTaskGroup { group in
            for caller in 0..<min(Self.callers, events) {
                group.addTask {
                    for index in stride(from: caller, to: events, by: Self.callers) {
                        let delivery = try delivery(index, run: run)
                        _ = try await inbox.accept(delivery, handlers: [JobPlan(handler)], holdReason: nil)
                    }
                }
            }
        }
    }

    private func withInbox(_ body: (SQLiteInbox) async throws -> Void) async throws {
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let options = SQLiteInbox.Options(batchBytes: 64 << 20, batchSize: 4096, checkpointPages: 20_000)
        let inbox = try await SQLiteInbox.open(folder: folder, options: options, logger: logger)
        do {
            try await body(inbox)
        } catch {
            await inbox.close()
            throw error
        }
        await inbox.close()
    }

    private func delivery(_ index: Int, run: String) throws -> Delivery {
        guard let shop = Shop(domain: "shop-\(index % Self.shops).myshopify.com") else {
            throw CocoaError(.formatting)
        }
        let body =
            body ?? Data(#"{"id":\#(index),"name":"order \#(index)","note":"Leave it at the door, please."}"#.utf8)
        return Delivery(
            sender: "shopify", shop: shop, topic: topic, webhookID: "\(run)-\(index)", eventID: "\(run)-event-\(index)",
            triggeredAt: Date(), resource: "Order/\(index)", version: Date(), body: body,
            bodyHash: try SHA256.digest(of: body), receivedAt: Date())
    }

    private func finishAll(in inbox: SQLiteInbox) async throws {
        while case let claims = try await inbox.claim(limit: 1024, now: Date(), leaseFor: .seconds(3600)),
            !claims.isEmpty
        {
            try await withThrowingDiscardingTaskGroup { group in
                for claim in claims {
                    group.addTask {
                        let result = JobResult(
                            outcome: .done(effects: []), calls: [], startedAt: Date(), finishedAt: Date())
                        _ = try await inbox.finish(claim, with: result)
                    }
                }
            }
        }
    }
}
