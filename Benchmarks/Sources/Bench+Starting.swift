import Bellhop
import Cryptography
import Foundation
import HTTPCore
import HTTPTransport
import InboxCore
import InboxSQLite
import Logging
import Replay
import Synchronization

extension Bench {
    /// Memory of an idle server, and the time from starting the process to its first acknowledgement.
    func starting(backlog: Int) async throws -> Report.Section {
        let data = try subfolder("backlog")
        progress("filling an inbox with \(backlog) finished events", 1)
        try await fill(data, events: backlog)
        var idle: [Memory] = []
        var first: [Double] = []
        for round in 1...rounds {
            progress("starting", round)
            idle.append(try await idleMemory())
            first.append(try await firstAcknowledgement(data: data))
        }
        var section = Report.Section(
            "Start and rest", "The release binary; \(rounds) rounds, medians.", columns: ["what", "measured", "aim"])
        section.add(
            "resident memory of an idle server (VmRSS), MiB", fixed(idle.map(\.resident).median, 1), "under 40")
        section.add("of it not backed by files (RssAnon), MiB", fixed(idle.map(\.anonymous).median, 1), "")
        section.add(
            "from starting the process to the first acknowledgement, on an inbox of \(backlog) finished events, ms",
            fixed(first.median, 0), "within 200")
        return section
    }

    /// In MiB.
    private struct Memory {
        var resident: Double
        var anonymous: Double
    }

    private func idleMemory() async throws -> Memory {
        let result = Mutex<Memory?>(nil)
        try await servingBellhop(data: subfolder("idle")) { server in
            try await Task.sleep(for: .seconds(2))
            let status = try String(contentsOfFile: "/proc/\(server.process)/status", encoding: .utf8)
            func mebibytes(_ key: String) -> Double {
                let line = status.split(separator: "\n").first { $0.hasPrefix(key) }
                return (line?.split(separator: " ").compactMap { Double($0) }.first ?? .nan) / 1024
            }
            result.withLock { $0 = Memory(resident: mebibytes("VmRSS:"), anonymous: mebibytes("RssAnon:")) }
        }
        guard let memory = result.withLock({ $0 }) else { throw MeasurementFailed(what: "VmRSS") }
        return memory
    }

    private func firstAcknowledgement(data: URL) async throws -> Double {
        let result = Mutex<Double?>(nil)
        let port = try Port.free()
        let request = try delivery(port: port)
        let clock = ContinuousClock()
        let start = clock.now
        try await serving(
            bellhopCommand(port: port, data: data), environment: ["SHOPIFY_API_SECRET": Self.secret], port: port
        ) { _ in
            let transport = CurlTransport()
            let response = try await transport.send(request)
            let elapsed = (clock.now - start) / .milliseconds(1)
            await transport.close()
            guard response.status == 200 else { throw MeasurementFailed(what: "answered \(response.status)") }
            result.withLock { $0 = elapsed }
        }
        guard let milliseconds = result.withLock({ $0 }) else { throw MeasurementFailed(what: "first 200") }
        return milliseconds
    }

    private func delivery(port: Int) throws -> TransportRequest {
        guard let shop = Shop(domain: "kelp-and-cotton.myshopify.com") else { throw CocoaError(.formatting) }
        let sample = SampleFile(url: URL(fileURLWithPath: Self.body), topic: "benchmarks/order", body: try body())
        let plan = ReplayPlan(
            samples: [sample], shop: shop, secret: SigningSecret(Self.secret), seed: .random(in: .min ... .max))
        guard let delivery = try plan.deliveries().first(where: { _ in true }) else {
            throw MeasurementFailed(what: "no delivery")
        }
        return TransportRequest(
            .post, url: "http://127.0.0.1:\(port)/webhooks", headers: delivery.headers, body: delivery.body)
    }

    /// Accepts, claims and finishes so many events.
    private func fill(_ data: URL, events: Int) async throws {
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let inbox = try await SQLiteInbox.open(folder: data, logger: logger)
        guard let shop = Shop(domain: "kelp-and-cotton.myshopify.com") else { throw CocoaError(.formatting) }
        let body = try body()
        let hash = try SHA256.digest(of: body)
        await withDiscardingTaskGroup { group in
            for worker in 0..<64 {
                group.addTask {
                    for index in stride(from: worker, to: events, by: 64) {
                        let delivery = Delivery(
                            sender: "shopify", shop: shop, topic: "benchmarks/order", webhookID: "seed-\(index)",
                            body: body, bodyHash: hash, receivedAt: Date())
                        _ = try? await inbox.accept(delivery, handlers: ["benchmark"], holdReason: nil)
                    }
                }
            }
        }
        while case let claims = try await inbox.claim(limit: 256, now: Date(), leaseFor: .seconds(600)), !claims.isEmpty
        {
            await withDiscardingTaskGroup { group in
                for claim in claims {
                    group.addTask {
                        let result = JobResult(
                            outcome: .done(effects: []), calls: [], startedAt: Date(), finishedAt: Date())
                        _ = try? await inbox.finish(claim, with: result)
                    }
                }
            }
        }
        let finished = try await inbox.counts().jobs[.done] ?? 0
        await inbox.close()
        guard finished == events else { throw MeasurementFailed(what: "only \(finished) events are finished") }
    }
}
