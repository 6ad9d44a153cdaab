import Bellhop
import Cryptography
import Foundation
import HTTPCore
import Replay
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ReplayRunnerTests {
    private static let url = "http://127.0.0.1:8080/webhooks"

    @Test func countsWhatAServerMakesOfAPlan() async throws {
        let plan = try plan(repeats: 50, duplicates: 0.2, forgeries: 0.1)
        let server = ScriptedServer()
        let summary = try await ReplayRunner(transport: server, url: Self.url).run(plan)
        #expect(summary.sent == 118)
        #expect(summary.accepted == 90)
        #expect(summary.duplicates == 18)
        #expect(summary.refused == 10)
        #expect(summary.statuses == [200: 108, 401: 10])
        #expect(summary.failed.isEmpty)
        #expect(summary.unexpected == 0)
        #expect(summary.unexpectedExamples.isEmpty)
        #expect(!summary.isCancelled)
        #expect(server.received.allSatisfy { $0.url == Self.url && $0.method == .post })
    }

    @Test func aForgedDeliveryThatIsAcceptedIsUnexpected() async throws {
        let gullible = Answering(status: 200)
        let summary = try await ReplayRunner(transport: gullible, url: Self.url).run(plan(repeats: 5, forgeries: 0.5))
        #expect(summary.accepted == 10)
        #expect(summary.unexpected == 5)
        #expect(summary.unexpectedExamples.allSatisfy { $0.kind == .forged && $0.expectedStatus == 401 })
        #expect(summary.unexpectedExamples.allSatisfy { $0.status == 200 && $0.failure == nil })
    }

    @Test func aGenuineDeliveryThatIsRefusedIsUnexpected() async throws {
        let summary = try await ReplayRunner(transport: Answering(status: 503), url: Self.url).run(plan(repeats: 40))
        #expect(summary.refused == 80)
        #expect(summary.unexpected == 80)
        #expect(summary.unexpectedExamples.count == 20)
        #expect(summary.unexpectedExamples.first?.topic == "orders/create")
    }

    @Test(arguments: [
        (401, "set KELP_SECRET here"), (503, "nothing of these was stored"), (400, "a payload is empty"),
        (404, "POST /webhooks"), (500, "bellhop refusals"),
    ])
    func `a refusal comes with what to do about it`(status: Int, words: String) async throws {
        let summary = try await ReplayRunner(transport: Answering(status: status), url: Self.url).run(plan(repeats: 2))
        let advice = summary.advice(signedWith: "KELP_SECRET")
        #expect(advice.count == 1)
        #expect(advice.first?.hasPrefix("\(status): ") == true)
        #expect(advice.first?.contains(words) == true, "\(advice)")
    }

    @Test func `what was expected needs no advice`() async throws {
        let all = try await ReplayRunner(transport: ScriptedServer(), url: Self.url).run(
            plan(repeats: 5, duplicates: 0.2, forgeries: 0.2))
        #expect(all.advice(signedWith: "S") == [])
    }

    @Test func failuresAreCountedByReason() async throws {
        let server = ScriptedServer { number in
            switch number {
            case 1: throw TransportError(.notConnected, "refused", mayHaveBeenSent: false)
            case 2: throw TransportError(.timeout, "too slow", mayHaveBeenSent: true)
            case 3: throw TransportError(.timeout, "too slow", mayHaveBeenSent: true)
            default: break
            }
        }
        let summary = try await ReplayRunner(transport: server, url: Self.url).run(plan(repeats: 3))
        #expect(summary.failed == ["not_connected": 1, "timeout": 2])
        #expect(summary.sent == 6)
        #expect(summary.accepted == 3)
        #expect(summary.unexpectedExamples.compactMap(\.failure).sorted() == ["not_connected", "timeout", "timeout"])
    }

    @Test func aRateSetsWhenDeliveriesAreDue() async throws {
        let clock = ManualClock()
        let sent = Mutex<[Duration]>([])
        let server = ScriptedServer { _ in sent.withLock { $0.append(clock.now.offset) } }
        let runner = ReplayRunner(transport: server, url: Self.url, concurrency: 1, rate: 10, clock: clock)
        let summary = try await runner.run(plan(repeats: 3))
        #expect(sent.withLock { $0 } == [0, 100, 200, 300, 400, 500].map { .milliseconds($0) })
        #expect(summary.seconds == 0.5)
        #expect(summary.perSecond == 12)
        #expect(summary.latency.max == 0)
    }

    @Test func aStallIsFeltByEveryDeliveryThatWasDueMeanwhile() async throws {
        let clock = ManualClock()
        let server = ScriptedServer { number in
            if number == 1 { clock.advance(by: .milliseconds(350)) }
        }
        let runner = ReplayRunner(transport: server, url: Self.url, concurrency: 1, rate: 10, clock: clock)
        let summary = try await runner.run(plan(repeats: 3))
        // Waits of 350, 250, 150, 50, 0 and 0 ms.
        #expect(abs(summary.latency.max - 350) < 1)
        #expect(abs(summary.latency.p50 - 50) < 1)
        #expect(abs(summary.latency.p90 - 350) < 1)
    }

    @Test func withoutARateOnlyTheStalledDeliveryIsSlow() async throws {
        let clock = ManualClock()
        let server = ScriptedServer { number in
            if number == 1 { clock.advance(by: .milliseconds(350)) }
        }
        let runner = ReplayRunner(transport: server, url: Self.url, concurrency: 1, clock: clock)
        let summary = try await runner.run(plan(repeats: 3))
        #expect(abs(summary.latency.max - 350) < 1)
        #expect(summary.latency.p50 == 0)
    }

    @Test func noMoreThanTheConcurrencyAreUnderWay() async throws {
        let underWay = Mutex((now: 0, most: 0))
        let server = ScriptedServer { _ in
            underWay.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            await Task.yield()
            underWay.withLock { $0.now -= 1 }
        }
        _ = try await ReplayRunner(transport: server, url: Self.url, concurrency: 3).run(plan(repeats: 100))
        #expect((1...3).contains(underWay.withLock(\.most)))
    }

    @Test func progressCountsUpToTheTotal() async throws {
        let reports = Mutex<[Int]>([])
        let summary = try await ReplayRunner(transport: ScriptedServer(), url: Self.url).run(plan(repeats: 20)) {
            done, total in
            #expect(total == 40)
            reports.withLock { $0.append(done) }
        }
        #expect(reports.withLock { $0.sorted() } == Array(1...40))
        #expect(summary.sent == 40)
    }

    @Test func cancellingStopsAndSumsUp() async throws {
        let (thirdArrived, signal) = AsyncStream<Void>.makeStream()
        let server = ScriptedServer { number in
            if number == 3 {
                signal.finish()
                // Ends by cancellation alone.
                try await Task.sleep(for: .seconds(3600))
            }
        }
        let plan = try plan(repeats: 1000)
        let replay = Task {
            try await ReplayRunner(transport: server, url: Self.url, concurrency: 1).run(plan)
        }
        for await _ in thirdArrived {}
        replay.cancel()
        let summary = try await replay.value
        #expect(summary.isCancelled)
        #expect(summary.sent == 2)
        #expect(summary.accepted == 2)
        #expect(server.received.count == 3)
    }

    @Test func anEmptyPlanIsDoneAtOnce() async throws {
        let summary = try await ReplayRunner(transport: Answering(status: 500), url: Self.url).run(plan(repeats: 0))
        #expect(summary.sent == 0)
        #expect(summary.latency.max == 0)
        #expect(!summary.isCancelled)
    }

    @Test func aSummaryIsTheSameAfterJSON() async throws {
        let summary = try await ReplayRunner(transport: Answering(status: 503), url: Self.url).run(plan())
        let data = try JSONEncoder().encode(summary)
        #expect(try JSONDecoder().decode(ReplaySummary.self, from: data) == summary)
    }
}

/// Always the same answer.
private struct Answering: Transport {
    var status: Int

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        TransportResponse(status: status, body: Data("not JSON".utf8))
    }
}
