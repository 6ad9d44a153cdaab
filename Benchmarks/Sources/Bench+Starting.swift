import Bellhop
import BenchmarkReport
import Cryptography
import Foundation
import HTTPCore
import HTTPTransport
import Replay
import Synchronization

extension Bench {
    /// Memory of an idle server, and the time from starting the process to its first acknowledgement.
    func starting(backlog: Int) async throws -> Report.Section {
        let data = try subfolder("backlog")
        progress("filling an inbox with \(backlog) finished events", 1)
        try await InboxFiller(folder: data).fill(finished: backlog)
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
            "resident memory of an idle server (VmRSS), MiB", fixed(idle.map(\.resident).median, 1),
            Aim.under(40).verdict(on: idle.map(\.resident).median))
        section.add("of it not backed by files (RssAnon), MiB", fixed(idle.map(\.anonymous).median, 1), "")
        section.add(
            "from starting the process to the first acknowledgement, on an inbox of \(backlog) finished events, ms",
            fixed(first.median, 0), Aim.atMost(200).verdict(on: first.median))
        return section
    }

    private func idleMemory() async throws -> Memory {
        let result = Mutex<Memory?>(nil)
        try await servingBellhop(data: subfolder("idle")) { server in
            try await Task.sleep(for: .seconds(2))
            let memory = try Memory(of: server.process)
            result.withLock { $0 = memory }
        }
        guard let memory = result.withLock({ $0 }) else { throw MeasurementFailed(what: "VmRSS") }
        return memory
    }

    /// From the start of a process, in milliseconds.
    func firstAcknowledgement(data: URL) async throws -> Double {
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
}
