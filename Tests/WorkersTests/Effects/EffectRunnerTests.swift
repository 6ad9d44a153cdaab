import Bellhop
import Foundation
import InboxCore
import Logging
import ModelClient
import ServiceLifecycle
import Testing
import Workers

@Suite(.timeLimit(.minutes(5))) struct EffectRunnerTests {
    private let inbox = MemoryInbox()

    /// Runs a runner while `body` runs, then stops it gracefully.
    private func withRunner(
        _ deliverer: ScriptedDeliverer, on queue: (any EffectQueue)? = nil, concurrency: Int = 8,
        lease: Duration = .seconds(60), margin: Duration = .seconds(60), time: TimeSource = .system,
        onUncertain: @escaping @Sendable (UncertainEffect) -> Void = { _ in },
        _ body: (ServiceGroup) async throws -> Void
    ) async throws {
        let runner = EffectRunner(
            configuration: .init(concurrency: concurrency, lease: lease, margin: margin, poll: .milliseconds(200)),
            queue: queue ?? inbox, deliverers: { [deliverer] }, onUncertain: onUncertain, logger: Logger(label: "test"),
            time: time, jitter: { 0 })
        let services = ServiceGroup(services: [runner], logger: Logger(label: "test"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            try await body(services)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    private func post(_ number: Int64, to destination: String = "erp") -> Effect {
        .post(Effect.Post(to: destination, ["number": .integer(number)]))
    }

    /// Has a job want these effects.
    ///
    /// - Returns: their keys.
    @discardableResult
    private func plan(_ effects: [Effect], _ webhookID: String = "w-1") async throws -> [String] {
        _ = await inbox.accept(try Fixture.delivery("{}", webhookID: webhookID), handlers: ["h"], holdReason: nil)
        let claim = try #require(await inbox.claim(limit: 1, now: Date(), leaseFor: .seconds(60)).first)
        let result = JobResult(outcome: .done(effects: effects), calls: [], startedAt: Date(), finishedAt: Date())
        #expect(await inbox.finish(claim, with: result))
        return effects.indices.map { "\(claim.deliveryID)/h/\($0)" }
    }

    /// Waits until the effect is in the state; the suite's time limit is the deadline.
    @discardableResult
    private func state(_ name: EffectState.Name, of key: String) async throws -> EffectDetail {
        while true {
            let detail = try #require(await inbox.effect(under: key))
            if detail.summary.state == name { return detail }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Leaves an effect as a process leaves it that is killed while it sends.
    private func leaveCutOff() async throws -> String {
        let keys = try await plan([post(1)])
        let demand = EffectDemand(limit: 1, kinds: [.post])
        #expect(await inbox.claimEffects(demand, now: Date() - 60, leaseFor: .seconds(1)).count == 1)
        return keys[0]
    }

    @Test func `what is planned before and while it runs is delivered, in order`() async throws {
        let deliverer = ScriptedDeliverer()
        let early = try await plan([post(1), post(2), post(3)])
        try await withRunner(deliverer) { _ in
            let late = try await plan([post(4)], "w-2")
            for key in early + late { try await state(.done, of: key) }
        }
        #expect(
            deliverer.events.filter { early.map(ScriptedDeliverer.Event.sent).contains($0) } == early.map { .sent($0) })
        #expect(deliverer.events.count == 4)
    }

    @Test func `a failure is tried again under the same key until it gets through`() async throws {
        let deliverer = ScriptedDeliverer { _, count in
            count < 3 ? .failed(reason: "busy", retryAfter: nil) : .delivered(wrote: [])
        }
        let key = try await plan([post(1)])[0]
        try await withRunner(deliverer) { _ in
            let detail = try await state(.done, of: key)
            #expect(detail.summary.attempts == 3)
        }
        #expect(deliverer.events == Array(repeating: .sent(key), count: 3))
    }

    @Test func `what is refused fails, and its job's next waits for a person`() async throws {
        let deliverer = ScriptedDeliverer { effect, _ in
            effect == post(1) ? .refused(reason: "refused with 422") : .delivered(wrote: [])
        }
        let keys = try await plan([post(1), post(2)])
        let other = try await plan([post(3)], "w-2")
        try await withRunner(deliverer) { _ in
            #expect(try await state(.failed, of: keys[0]).summary.reason == "refused with 422")
            try await state(.done, of: other[0])
            #expect(await inbox.effect(under: keys[1])?.summary.state == .planned)
            try await inbox.decide(.drop, onEffect: keys[0], at: Date())
            try await state(.done, of: keys[1])
        }
    }

    @Test func `cut off and idempotent: it is repeated`() async throws {
        let deliverer = ScriptedDeliverer(.idempotent)
        let key = try await leaveCutOff()
        try await withRunner(deliverer) { _ in try await state(.done, of: key) }
        #expect(deliverer.events == [.sent(key)])
    }

    @Test func `cut off and askable: it is asked, and sent only if it did not arrive`() async throws {
        for (answer, expected) in [(EffectAnswer.happened(wrote: []), 1), (.didNot, 2)] {
            let deliverer = ScriptedDeliverer(.askable, answer: answer)
            let test = EffectRunnerTests()
            let key = try await test.leaveCutOff()
            try await test.withRunner(deliverer) { _ in try await test.state(.done, of: key) }
            #expect(deliverer.events == Array([.asked(key), .sent(key)].prefix(expected)))
        }
    }

    @Test func `cut off and askable, but no answer: it is unknown after some attempts, and never sent`() async throws {
        let deliverer = ScriptedDeliverer(.askable, answer: .cannotTell(reason: "no answer"))
        let key = try await leaveCutOff()
        try await withRunner(deliverer) { _ in try await state(.unknown, of: key) }
        #expect(deliverer.events == Array(repeating: .asked(key), count: 3))
    }

    @Test func `cut off and neither: it is unknown, and sent when a person says so`() async throws {
        let deliverer = ScriptedDeliverer(.neither)
        let key = try await leaveCutOff()
        try await withRunner(deliverer) { _ in
            try await state(.unknown, of: key)
            #expect(deliverer.events == [])
            try await inbox.decide(.retry, onEffect: key, at: Date())
            try await state(.done, of: key)
        }
        #expect(deliverer.events == [.sent(key)])
    }

    @Test func `people are told of an effect once each time that nobody knows whether it happened`() async throws {
        let (news, told) = AsyncStream.makeStream(of: UncertainEffect.self)
        var heard = news.makeAsyncIterator()
        let key = try await leaveCutOff()
        let deliverer = ScriptedDeliverer(.neither) { _, _ in .uncertain(reason: "no answer in time") }
        for _ in 1...2 {
            // The second time it is found as it was left.
            try await withRunner(deliverer, onUncertain: { told.yield($0) }) { _ in
                try await state(.unknown, of: key)
            }
        }
        let first = await heard.next()
        #expect(first?.key == key)
        #expect(first?.lane == EffectLane(.post, destination: "erp"))
        #expect(first?.reason.contains("may have arrived") == true)

        try await inbox.decide(.retry, onEffect: key, at: Date())
        try await withRunner(deliverer, onUncertain: { told.yield($0) }) { _ in try await state(.unknown, of: key) }
        let second = await heard.next()
        #expect(second?.reason.hasPrefix("no answer in time") == true)
        told.finish()
        #expect(await heard.next() == nil)
    }

    @Test func `no more are under way in a lane than allowed`() async throws {
        let narrow = EffectLane(.post, destination: "narrow")
        let deliverer = ScriptedDeliverer(limits: [narrow: LaneLimits(concurrency: 1)]) { _, _ in
            try await Task.sleep(for: .milliseconds(2))
            return .delivered(wrote: [])
        }
        var keys: [String] = []
        for number in 1...12 { keys += try await plan([post(Int64(number), to: "narrow")], "w-\(number)") }
        try await withRunner(deliverer) { _ in
            for key in keys { try await state(.done, of: key) }
        }
        #expect(deliverer.most == 1)
    }

    @Test func `on shutdown those under way may end, and no more are taken`() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let deliverer = ScriptedDeliverer { _, _ in
            arrival.yield()
            for await _ in gate {}
            return .delivered(wrote: [])
        }
        let first = try await plan([post(1)])[0]
        var late: [String] = []
        let time = ManualTime()
        try await withRunner(deliverer, margin: .seconds(50), time: time.source) { services in
            _ = await arrived.first { _ in true }
            await services.triggerGracefulShutdown()
            await time.hasSleeper(for: .seconds(50))
            // There is room, and the one under way holds the drain.
            late = try await plan([post(2)], "w-2")
            opener.finish()
            try await state(.done, of: first)
        }
        #expect(deliverer.events == [.sent(first)])
        #expect(await inbox.effect(under: late[0])?.summary.state == .planned)
    }

    @Test func `on shutdown the longest attempt is waited for`() async throws {
        let time = ManualTime()
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let deliverer = ScriptedDeliverer(longestAttempt: .seconds(45)) { _, _ in
            arrival.yield()
            for await _ in gate {}
            try Task.checkCancellation()
            return .delivered(wrote: [])
        }
        let key = try await plan([post(1)])[0]
        try await withRunner(deliverer, margin: .seconds(5), time: time.source) { services in
            _ = await arrived.first { _ in true }
            await services.triggerGracefulShutdown()
            await time.hasSleeper(for: .seconds(50))
            opener.finish()
        }
        #expect(await inbox.effect(under: key)?.summary.state == .done)
    }

    @Test func `what does not end in time is left as one that may have arrived`() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let deliverer = ScriptedDeliverer { _, _ in
            arrival.yield()
            try await Task.sleep(for: .seconds(600))
            return .delivered(wrote: [])
        }
        let key = try await plan([post(1)])[0]
        try await withRunner(deliverer, margin: .milliseconds(1)) { _ in _ = await arrived.first { _ in true } }

        #expect(await inbox.effect(under: key)?.summary.state == .sending)
        let later = await inbox.claimEffects(
            EffectDemand(limit: 1, kinds: [.post]), now: Date() + 3600, leaseFor: .seconds(1))
        #expect(later.map(\.isUncertain) == [true])
    }

    @Test func `who has lost the lease records nothing`() async throws {
        let queue = WatchedQueue(inbox, losesLeases: true)
        let (ended, ending) = AsyncStream.makeStream(of: Void.self)
        let deliverer = ScriptedDeliverer { _, _ in
            defer { ending.yield() }
            try await Task.sleep(for: .seconds(600))
            return .delivered(wrote: [])
        }
        let key = try await plan([post(1)])[0]
        try await withRunner(deliverer, on: queue, lease: .milliseconds(900)) { _ in
            _ = await ended.first { _ in true }
        }
        #expect(queue.finished == 0)
        #expect(await inbox.effect(under: key)?.summary.state != .done)
    }

    @Test func `an outcome that a working queue does not take is unknown, and nothing is sent twice`() async throws {
        let queue = WatchedQueue(inbox) { count in
            if count == 1 { throw InboxError(.conflict, "it cannot be written") }
        }
        let deliverer = ScriptedDeliverer()
        let key = try await plan([post(1)])[0]
        try await withRunner(deliverer, on: queue) { _ in
            let reason = try await state(.unknown, of: key).summary.reason
            #expect(reason?.contains("cannot be recorded: conflict: it cannot be written") == true)
        }
        #expect(queue.finished == 2)
        #expect(deliverer.events == [.sent(key)])
    }

    @Test func `kinds without a deliverer stay planned`() async throws {
        let keys = try await plan([.tag(.order(1), ["a"]), post(1)])
        try await withRunner(ScriptedDeliverer()) { _ in try await state(.done, of: keys[1]) }
        #expect(await inbox.effect(under: keys[0])?.summary.state == .planned)
    }
}
