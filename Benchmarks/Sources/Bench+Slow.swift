import Bellhop
import BenchmarkReport
import Cryptography
import Foundation
import HTTPTransport
import Replay
import Synchronization

extension Bench {
    /// Deliveries a second of the honest sender while others take their time.
    static let honestRate = 500
    static let slowConnections = 200

    /// What slow connections cost those who are not slow.
    func slow() async throws -> Report.Section {
        var section = Report.Section(
            "Slow connections beside an honest sender",
            "An honest sender delivers \(Self.honestRate) orders a second, open loop, while \(Self.slowConnections) connections "
                + "send a byte each half second, half of them of headers and half of bodies, and come again when they are cut "
                + "off: from as many addresses, so that no limit by address touches them, and from one, which the limit of 64 "
                + "keeps out. Rounds of \(Int(seconds)) s in turn on one server, \(rounds) of each; medians, and the ratio "
                + "within each round. All share the machine.",
            columns: [
                "beside it", "p50 ms", "p99 ms", "max ms", "ratio of p99", "aim", "slow ones cut off", "unexpected",
            ])
        let runs = try await slowRuns()
        let alone = runs[.nobody] ?? []
        for crowd in Crowd.allCases {
            let runs = runs[crowd] ?? []
            let ratio = medianRatio(runs.map(\.summary.latency.p99), alone.map(\.summary.latency.p99))
            let isAlone = crowd == .nobody
            section.add(
                crowd.rawValue, fixed(runs.map(\.summary.latency.p50).median, 2),
                fixed(runs.map(\.summary.latency.p99).median, 2), fixed(runs.map(\.summary.latency.max).median, 1),
                isAlone ? "" : fixed(ratio, 2), isAlone ? "" : Aim.atMost(2).verdict(on: ratio),
                String(runs.map(\.cut).reduce(0, +)),
                String(runs.map(\.summary.unexpected).reduce(0, +)))
        }
        return section
    }

    private enum Crowd: String, CaseIterable {
        case nobody
        case manyAddresses = "200 slow connections from 200 addresses"
        case oneAddress = "200 slow connections from one address"

        var sources: [String] {
            switch self {
            case .nobody: []
            case .manyAddresses: (0..<Bench.slowConnections).map { "127.0.1.\($0 + 1)" }
            case .oneAddress: Array(repeating: "127.0.2.1", count: Bench.slowConnections)
            }
        }

        /// How many of them a door lets in.
        var expected: Int {
            self == .oneAddress ? 64 : sources.count
        }
    }

    private struct SlowRun {
        var summary: ReplaySummary
        var cut: Int
    }

    private func slowRuns() async throws -> [Crowd: [SlowRun]] {
        let runs = Mutex<[Crowd: [SlowRun]]>([:])
        let rounds = rounds
        try await servingBellhop(data: subfolder("slow"), options: ["--config", try configuration().path]) { server in
            for round in 1...rounds {
                for crowd in Crowd.allCases {
                    progress("beside \(crowd.rawValue)", round)
                    let run = try await slowRun(beside: crowd, port: server.port)
                    runs.withLock { $0[crowd, default: []].append(run) }
                }
            }
        }
        return runs.withLock { $0 }
    }

    /// The repository's, but that nobody on this machine is a proxy: the limits by address are measured.
    private func configuration() throws -> URL {
        let file = try subfolder("configuration").appending(path: "bellhop.yaml")
        let text = try String(contentsOf: URL(fileURLWithPath: "bellhop.yaml"), encoding: .utf8)
        try Data((text + "\nserver: { trusted_proxies: [] }\n").utf8).write(to: file)
        return file
    }

    private func slowRun(beside crowd: Crowd, port: Int) async throws -> SlowRun {
        let tally = SlowCrowd.Tally()
        return try await withThrowingTaskGroup(of: SlowRun?.self) { group in
            group.addTask {
                await SlowCrowd(port: port, sources: crowd.sources).run(tally)
                return nil
            }
            defer { group.cancelAll() }
            // A connection that is one too many is open for a moment too.
            let end = ContinuousClock.now + .seconds(10)
            while tally.open < crowd.expected, ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(10))
            }
            guard tally.open >= crowd.expected else {
                throw MeasurementFailed(what: "only \(tally.open) slow connections")
            }
            let summary = try await honestReplay(port: port)
            return SlowRun(summary: summary, cut: tally.cut)
        }
    }

    private func honestReplay(port: Int) async throws -> ReplaySummary {
        guard let shop = Shop(domain: "kelp-and-cotton.myshopify.com") else { throw CocoaError(.formatting) }
        let sample = SampleFile(url: URL(fileURLWithPath: Self.body), topic: "benchmarks/order", body: try body())
        let plan = ReplayPlan(
            samples: [sample], shop: shop, secret: SigningSecret(Self.secret),
            repeats: Int(Double(Self.honestRate) * seconds), seed: .random(in: .min ... .max))
        let transport = CurlTransport(configuration: .init(maxConnectionsPerHost: 16, maxConnections: 16))
        let runner = ReplayRunner(
            transport: transport, url: "http://127.0.0.1:\(port)/webhooks", concurrency: 16,
            rate: Double(Self.honestRate))
        let summary = try await runner.run(plan)
        await transport.close()
        return summary
    }
}
