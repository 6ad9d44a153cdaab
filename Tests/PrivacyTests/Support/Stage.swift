import Bellhop
import Cryptography
import Foundation
import GRDB
import InboxCore
import Logging
import Privacy
import TestSupport
import Testing

@testable import InboxSQLite

/// An inbox on a disk, with the desk that answers privacy requests.
struct Stage: Sendable {
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    let inbox: SQLiteInbox
    let folder: URL

    /// Runs the body with a fresh inbox that is gone afterwards.
    ///
    /// - Parameter rewrittenBytes: 0 leaves overwriting to SQLite, as in a large database.
    static func open(
        keys: StorageKeys = .none, rewrittenBytes: Int = 0,
        _ body: (Stage) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            try await reopen(
                folder.appending(path: "inbox"), keys: keys, rewrittenBytes: rewrittenBytes, body)
        }
    }

    /// Runs the body with the inbox in a folder, and closes it.
    static func reopen(
        _ folder: URL, keys: StorageKeys = .none, rewrittenBytes: Int = 0,
        _ body: (Stage) async throws -> Void
    ) async throws {
        var setup = StoreWriter.Setup(folder: folder, options: SQLiteInbox.Options(rewrittenBytes: rewrittenBytes))
        setup.keys = keys
        let inbox = try await SQLiteInbox.open(setup, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let stage = Stage(inbox: inbox, folder: folder)
        do {
            try await body(stage)
        } catch {
            await inbox.close()
            throw error
        }
        await inbox.close()
    }

    var desk: PrivacyDesk {
        PrivacyDesk(
            store: inbox, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { Stage.start + 100 })
    }

    // MARK: What comes in

    @discardableResult
    func receive(
        _ topic: Topic, _ body: String, shop: Shop = .example, webhookID: String = UUID().uuidString,
        triggeredAt: Double = 0, receivedAt: Double? = nil, resource: String? = nil, version: Double? = nil,
        handlers: [JobPlan]? = nil
    ) async throws -> String {
        let plans = handlers ?? (Topic.obliged.contains(topic) ? [PrivacyDesk.plan] : ["orders"])
        let delivery = Delivery(
            sender: "shopify", shop: shop, topic: topic, webhookID: webhookID,
            triggeredAt: Self.start + triggeredAt, resource: resource, version: version.map { Self.start + $0 },
            headers: ["x-shopify-topic": topic.rawValue], body: Data(body.utf8),
            bodyHash: try SHA256.digest(of: Data(body.utf8)), receivedAt: Self.start + (receivedAt ?? triggeredAt))
        switch try await inbox.accept(delivery, handlers: plans, holdReason: nil) {
        case .stored(let id), .duplicate(let id): return id
        }
    }

    /// Many at once, which share commits; in no certain order.
    func receive(_ topic: Topic, bodies: [String], shop: Shop = .example) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for body in bodies { group.addTask { try await receive(topic, body, shop: shop) } }
            try await group.waitForAll()
        }
    }

    // MARK: What is done about it

    /// Claims everything that is ready: the desk does its part, and other jobs end as the closure says.
    func work(_ outcome: (Claim) -> JobResult? = { _ in nil }) async throws {
        let claims = try await inbox.claim(limit: 1000, now: Self.start + 50, leaseFor: .seconds(60))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for claim in claims where claim.handlerID != PrivacyHandler.id {
                let ended = outcome(claim) ?? Self.result(.done(effects: []))
                group.addTask { _ = try await inbox.finish(claim, with: ended) }
            }
            try await group.waitForAll()
        }
        for claim in claims where claim.handlerID == PrivacyHandler.id {
            _ = try await inbox.finish(claim, with: Self.result(try await desk.run(claim)))
        }
    }

    static func result(_ outcome: JobResult.Outcome, calls: [CallRecord] = []) -> JobResult {
        JobResult(outcome: outcome, calls: calls, startedAt: start, finishedAt: start + 1)
    }

    /// A call whose failure quotes somebody.
    static func call(quoting words: String) -> CallRecord {
        CallRecord(
            step: "Mood", routingClass: .highVolume, task: .classification, model: "small", isFallback: true,
            attempts: [
                CallRecord.Attempt(
                    model: "tiny", status: 400, milliseconds: 1, cost: nil, failure: "invalid_request: \(words)")
            ],
            startedAt: start, milliseconds: 1, cost: USD(nanos: 7), unknownCosts: 0, premiumCost: nil, promptTokens: 1,
            completionTokens: 1)
    }

    // MARK: What is left

    /// The files below the data folder that hold these bytes.
    func files(holding words: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let content = FileManager.default.contents(atPath: folder.appending(path: name).path)
            return content?.range(of: Data(words.utf8)) != nil
        }
    }

    func number(_ sql: String) async throws -> Int {
        try await inbox.readers.read { try Int.fetchOne($0, sql: sql) ?? 0 }
    }

    func run(_ sql: String) async throws {
        _ = try await inbox.writer.submit(SQLCommand(sql: sql))
    }

    func state(of id: String) async throws -> JobState.Name? {
        try await inbox.detail(of: id)?.jobs.first?.summary.state
    }
}

/// Runs SQL as one of the writer's commands.
struct SQLCommand: StoreCommand {
    let sql: String

    func perform(in transaction: inout StoreTransaction) throws {
        try transaction.db.execute(sql: sql)
    }
}
