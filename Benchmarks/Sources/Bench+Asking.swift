import BareCurl
import BenchmarkReport
import Foundation
import HTTPCore
import HTTPTransport
import Histogram
import InboxSQLite
import Logging
import ModelClient
import Synchronization
import Vocabulary

extension Bench {
    /// The fallback client over libcurl, with and without a ledger on disk, against bare libcurl on the same stub.
    func asking() async throws -> Report.Section {
        let runs = Mutex<[String: [Asked]]>([:])
        let (seconds, rounds) = (seconds, rounds)
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let inbox = try await SQLiteInbox.open(folder: subfolder("ledger"), logger: logger)
        try await servingNginx { stub in
            let url = "http://127.0.0.1:\(stub.port)/v1"
            let ledgers: [(name: String, ledger: any Ledger)] = [
                (Self.inMemory, MemoryLedger()), (Self.onDisk, inbox.ledger),
            ]
            for round in 1...rounds {
                progress("asking", round)
                for (load, rate) in [(Self.full, 0.0), (Self.paced, Double(Self.rate))] {
                    let bare = try await Asked.bare(
                        url: url + "/chat/completions", body: Asker.bareBody, seconds: seconds, rate: rate)
                    runs.withLock { $0["\(Self.bare) \(load)", default: []].append(bare) }
                    for (name, ledger) in ledgers {
                        let asker = Asker(baseURL: url, ledger: ledger)
                        let asked = await asker.run(seconds: seconds, rate: rate)
                        await asker.close()
                        runs.withLock { $0["\(name) \(load)", default: []].append(asked) }
                    }
                }
            }
        }
        await inbox.close()
        return section(runs.withLock { $0 })
    }

    private static let bare = "bare libcurl"
    private static let inMemory = "fallback client, ledger in memory"
    private static let onDisk = "fallback client, ledger on disk"
    private static let full = "50 at once"
    private static let paced = "\(rate) a second"

    private func section(_ runs: [String: [Asked]]) -> Report.Section {
        var section = Report.Section(
            "Asking models",
            "The fallback client (routing, schema, budget, cost, JSON) over Bellhop's transport, against libcurl's multi "
                + "interface used bare from C, on one nginx stub, in turn; \(rounds) rounds of \(Int(seconds)) s, medians. "
                + "Latency counts from the start of a call to its end. The ledger on disk flushes each reservation before "
                + "the request is sent.",
            columns: [
                "load", "", "calls/s", "ratio to bare", "p50 µs", "p99 µs", "added p50 µs", "added p99 µs", "failures",
                "aim",
            ])
        for load in [Self.full, Self.paced] {
            let floor = runs["\(Self.bare) \(load)"] ?? []
            for name in [Self.bare, Self.inMemory, Self.onDisk] {
                let asked = runs["\(name) \(load)"] ?? []
                let isBare = name == Self.bare
                let ratio = medianRatio(asked.map(\.perSecond), floor.map(\.perSecond))
                let added = zip(asked, floor).map { $0.p99 - $1.p99 }.median
                section.add(
                    load, name, count(asked.map(\.perSecond).median), isBare ? "" : fixed(ratio, 2),
                    count(asked.map(\.p50).median), count(asked.map(\.p99).median),
                    isBare ? "" : count(zip(asked, floor).map { $0.p50 - $1.p50 }.median), isBare ? "" : count(added),
                    String(asked.map(\.failures).reduce(0, +)), Self.verdict(on: name, load, ratio: ratio, added: added)
                )
            }
        }
        return section
    }

    /// - Parameter added: at the 99th percentile, in microseconds.
    private static func verdict(on name: String, _ load: String, ratio: Double, added: Double) -> String {
        switch (name, load) {
        case (inMemory, full): "ratio \(Aim.atLeast(0.5).verdict(on: ratio))"
        case (inMemory, paced): "added p99 \(Aim.under(500).verdict(on: added))"
        case (onDisk, paced): "added p99 \(Aim.under(2000).verdict(on: added))"
        default: ""
        }
    }
}

/// One measurement of calls.
struct Asked: Sendable {
    var perSecond: Double
    /// Microseconds.
    var p50: Double
    var p99: Double
    var failures: Int

    /// Bare libcurl on a thread of its own.
    static func bare(url: String, body: String, seconds: Double, rate: Double) async throws -> Asked {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                var result = bare_curl_result()
                guard bare_curl_run(url, body, 50, seconds, rate, &result) == 0 else {
                    return continuation.resume(throwing: Bench.MeasurementFailed(what: "bare libcurl"))
                }
                continuation.resume(
                    returning: Asked(
                        perSecond: result.calls_per_second, p50: result.p50_us, p99: result.p99_us,
                        failures: result.failures))
            }
        }
    }
}

/// Asks the stub through the fallback client.
struct Asker: Sendable {
    private let transport = CurlTransport()
    private let client: FallbackClient
    private let call: ModelCall

    init(baseURL: String, ledger: any Ledger) {
        let price = TokenPrice(picos: 100_000)
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        client = FallbackClient(
            configuration: ModelClientConfiguration(
                providers: [Provider(name: "stub", baseURL: baseURL, dialect: .openRouter)],
                models: [Model(name: "stub", provider: "stub", promptPrice: price, completionPrice: price)],
                routing: RoutingMatrix(defaultModel: "stub"),
                budgets: BudgetRules(budgets: [Budget(.all, daily: .cents(100_000_000))])),
            transport: transport, ledger: ledger, logger: logger)
        call = ModelCall(
            routing: Routing(.highVolume, task: .classification),
            messages: [
                .init(.system, "Classify the note."),
                .init(.user, String(repeating: "Leave it at the door. ", count: 30)),
            ],
            answer: .json(
                name: "Verdict", schema: .object(["label": .string(oneOf: ["good", "bad"])]), complaints: { _ in [] }))
    }

    func close() async {
        await transport.close()
    }

    /// A body of the size that the client sends.
    static let bareBody =
        #"{"model":"stub","messages":[{"role":"user","content":""# + String(repeating: "x", count: 1100) + #""}]}"#

    /// - Parameter rate: calls started a second; 0 for as many as 50 at once give.
    func run(seconds: Double, rate: Double) async -> Asked {
        let tally = CallTally()
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        await withDiscardingTaskGroup { group in
            if rate > 0 {
                for index in 0..<Int(rate * seconds) {
                    try? await clock.sleep(until: start + .seconds(Double(index) / rate), tolerance: .zero)
                    group.addTask { await askOnce(clock, tally) }
                }
            } else {
                for _ in 0..<50 {
                    group.addTask {
                        while clock.now < end { await askOnce(clock, tally) }
                    }
                }
            }
        }
        let elapsed = (clock.now - start) / .seconds(1)
        return tally.asked(within: elapsed)
    }

    private func askOnce(_ clock: ContinuousClock, _ tally: CallTally) async {
        let began = clock.now
        let isAnswered = (try? await client.answer(call)) != nil
        let microseconds = (clock.now - began) / .microseconds(1)
        tally.add(microseconds: microseconds, isAnswered: isAnswered)
    }
}

/// Gathers the latencies of many calls at once.
private final class CallTally: Sendable {
    private struct State {
        var latencies = Histogram<UInt64>(highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: .three)
        var failures = 0
    }

    private let state = Mutex(State())

    func add(microseconds: Double, isAnswered: Bool) {
        state.withLock { state in
            state.latencies.record(UInt64(max(1, microseconds)))
            if !isAnswered { state.failures += 1 }
        }
    }

    func asked(within seconds: Double) -> Asked {
        state.withLock { state in
            Asked(
                perSecond: Double(state.latencies.totalCount) / seconds,
                p50: Double(state.latencies.valueAtPercentile(50)),
                p99: Double(state.latencies.valueAtPercentile(99)), failures: state.failures)
        }
    }
}
