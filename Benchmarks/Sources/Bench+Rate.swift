import Bellhop
import BenchmarkReport
import Cryptography
import Foundation
import HTTPTransport
import Replay
import Synchronization

extension Bench {
    /// Latency at a fixed rate, counted from the moment at which each delivery was due.
    func acknowledgingAtARate() async throws -> Report.Section {
        var summaries: [ReplaySummary] = []
        for round in 1...rounds {
            progress("acknowledging at a fixed rate", round)
            summaries.append(try await replay())
        }
        var section = Report.Section(
            "Latency at \(Self.rate) deliveries a second",
            "Bellhop's own replay, open loop: latency counts from when a delivery was due, so that a stall is not hidden. "
                + "The sender shares the machine with the server. \(rounds) rounds of \(Int(seconds)) s, each on a new store.",
            columns: ["round", "per second", "p50 ms", "p99 ms", "max ms", "unexpected"])
        for (index, summary) in summaries.enumerated() {
            section.add(
                String(index + 1), count(summary.perSecond), fixed(summary.latency.p50, 2),
                fixed(summary.latency.p99, 2), fixed(summary.latency.max, 1), String(summary.unexpected))
        }
        let (p50, p99) = (summaries.map(\.latency.p50).median, summaries.map(\.latency.p99).median)
        section.add(
            "median", count(summaries.map(\.perSecond).median), fixed(p50, 2), fixed(p99, 2),
            fixed(summaries.map(\.latency.max).median, 1), "")
        section.add("aim", "", Aim.under(3).verdict(on: p50), Aim.under(15).verdict(on: p99), "", "")
        return section
    }

    private func replay() async throws -> ReplaySummary {
        let result = Mutex<ReplaySummary?>(nil)
        let sample = SampleFile(
            url: URL(fileURLWithPath: Self.body), topic: "benchmarks/order", body: try body())
        guard let shop = Shop(domain: "kelp-and-cotton.myshopify.com") else { throw CocoaError(.formatting) }
        let plan = ReplayPlan(
            samples: [sample], shop: shop, secret: SigningSecret(Self.secret),
            repeats: Int(Double(Self.rate) * seconds), seed: .random(in: .min ... .max))
        try await servingBellhop(data: subfolder("data")) { server in
            let transport = CurlTransport(
                configuration: .init(maxConnectionsPerHost: Self.connections, maxConnections: Self.connections))
            let runner = ReplayRunner(
                transport: transport, url: "http://127.0.0.1:\(server.port)/webhooks", concurrency: Self.connections,
                rate: Double(Self.rate))
            let summary = try await runner.run(plan)
            result.withLock { $0 = summary }
            await transport.close()
        }
        guard let summary = result.withLock({ $0 }) else { throw MeasurementFailed(what: "no summary") }
        return summary
    }
}
