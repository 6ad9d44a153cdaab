import Testing
import Vocabulary

@testable import ModelClient

struct EngineTests {
    private var stage = EngineStage()

    @Test mutating func `asks the chain in turn and tells what it passed over`() {
        let call = stage.offer(["a", "b", "d"])
        #expect(call.actions == ["ask 1 0 first"])
        let second = stage.fail(call.id, .timeout)
        #expect(second == ["ask 1 1 fallback"])
        let third = stage.fail(call.id, .contextTooLong)
        #expect(third == ["ask 1 2 fallback"])
        let end = stage.fail(call.id, .malformedResponse)
        #expect(end == ["finish 1 exhausted"])
    }

    @Test mutating func `waits before a retry and then stands in line again`() {
        let call = stage.offer()
        let wait = stage.fail(call.id, .rateLimited)
        #expect(wait == [])
        #expect(stage.engine.inFlight == 0)
        #expect(stage.engine.nextWake() == .seconds(2))
        let again = stage.wake()
        #expect(again == ["ask 1 0 retry"])
    }

    @Test mutating func `retries no more than the process may`() {
        stage = EngineStage {
            $0.retryBudget = RetryBudgetRules(share: 0, reserve: 2)
            $0.breaker = BreakerRules(failures: 100)
        }
        for expected in ["ask 1 0 retry", "ask 2 0 retry", "ask 3 1 fallback"] {
            let call = stage.offer()
            let actions = stage.fail(call.id, .unavailable)
            #expect(actions == [expected])
        }
    }

    @Test mutating func `leaves a failing model alone and sends one probe when its time has come`() {
        for _ in 0..<5 {
            let call = stage.offer()
            _ = stage.fail(call.id, .timeout)
            _ = stage.succeed(call.id)
        }
        let passed = stage.offer()
        #expect(passed.actions == ["ask 6 1 fallback"])
        stage.uptime = .seconds(10)
        let probe = stage.offer()
        #expect(probe.actions == ["ask 7 0 first"])
        let meanwhile = stage.offer()
        #expect(meanwhile.actions == ["ask 8 1 fallback"])
        _ = stage.succeed(probe.id)
        let ramp = stage.offer()
        #expect(ramp.actions == ["ask 9 0 first"])
    }

    @Test mutating func `waits for a time when everything rests`() {
        let first = stage.offer(["a"])
        let end = stage.fail(first.id, .rateLimited, retryAfter: .seconds(400))
        #expect(end == ["finish 1 mustWait 400"])
        let second = stage.offer(["a"])
        #expect(second.actions == ["finish 2 mustWait 400 a:resting"])
    }

    @Test mutating func `takes a daily quota's end for the next midnight in UTC`() {
        // The stage begins at noon.
        let call = stage.offer(["a"])
        let end = stage.fail(call.id, .quotaExceeded)
        #expect(end == ["finish 1 mustWait 43200"])
        let next = stage.offer(["a"])
        #expect(next.actions == ["finish 2 mustWait 43200 a:resting"])
    }

    @Test mutating func `asks no other model of a provider that refuses the key`() {
        let call = stage.offer(["a", "b", "d"])
        let actions = stage.fail(call.id, .authentication, concernsProvider: true)
        #expect(actions.first == "ask 1 2 fallback")
        let next = stage.offer(["a", "b"])
        #expect(next.actions == ["finish 2 mustWait 300 a:provider_closed b:provider_closed"])
        let adopted = stage.step(.adopted(stage.engine.rules))
        #expect(adopted == [])
        let mended = stage.offer(["a"])
        #expect(mended.actions == ["ask 3 0 first"])
    }

    @Test mutating func `asks for a model that does not exist once`() {
        let call = stage.offer()
        _ = stage.fail(call.id, .unknownModel)
        let next = stage.offer()
        #expect(next.actions == ["ask 2 1 fallback"])
        let only = stage.offer(["a"])
        #expect(only.actions == ["finish 3 exhausted a:disabled"])
    }

    @Test mutating func `has prices looked up, not too often, when nobody serves a model at ours`() {
        let first = stage.offer()
        let actions = stage.fail(first.id, .constrained)
        #expect(actions == ["refresh one", "ask 1 1 fallback"])
        let second = stage.offer()
        let again = stage.fail(second.id, .constrained)
        #expect(again == ["ask 2 1 fallback"])
        stage.uptime = .seconds(300)
        let third = stage.offer()
        let later = stage.fail(third.id, .constrained)
        #expect(later == ["refresh one", "ask 3 1 fallback"])
    }

    @Test mutating func `asks a model last whose answers to a task are poor, and gives it another chance`() {
        for _ in 0..<10 {
            let call = stage.offer(task: .extraction)
            _ = stage.fail(call.id, .poorAnswer, cost: .billed(.cents(1)))
            _ = stage.succeed(call.id)
        }
        let unfit = stage.offer(task: .extraction)
        #expect(unfit.actions == ["ask 11 1 first"])
        let elsewhere = stage.offer(task: .translation)
        #expect(elsewhere.actions == ["ask 12 0 first"])
        stage.uptime = .seconds(600)
        let chance = stage.offer(task: .extraction)
        #expect(chance.actions == ["ask 13 0 first"])
    }

    @Test mutating func `tells a model what was wrong when the next one is not cheaper`() {
        let call = stage.offer(["a"])
        let again = stage.fail(call.id, .poorAnswer, cost: .billed(.cents(1)), correction: USD(nanos: 5))
        #expect(again == ["ask 1 0 correction"])
    }

    @Test mutating func `raises an alarm when bills and prices drift apart`() {
        var alerts: [String] = []
        for _ in 0..<25 {
            let call = stage.offer(["a"])
            let conclusion = Engine.Conclusion(cost: .billed(USD(nanos: 120)), estimate: USD(nanos: 100))
            alerts += stage.step(.concluded(call.id, conclusion))
        }
        #expect(alerts.count == 1)
        #expect(alerts.first?.contains("billed") == true)
    }

    @Test mutating func `ends a call whose spending cannot be recorded`() {
        let call = stage.offer(labels: ["shop": "s"])
        let actions = stage.step(.concluded(call.id, Engine.Conclusion(cost: .none, isUnrecorded: true)))
        #expect(actions == ["finish 1 unrecorded"])
        #expect(stage.engine.inFlight == 0)
    }

    @Test mutating func `minds the call's own limit`() {
        let dear = stage.offer(["a"], worstCase: .cents(3), spendLimit: .cents(2))
        #expect(dear.actions == ["finish 1 exhausted a:over_spend_limit"])
        let unpriced = stage.offer(["a"], worstCase: nil, spendLimit: .cents(2))
        #expect(unpriced.actions == ["finish 2 exhausted a:unpriced"])
        let fits = stage.offer(worstCase: .cents(1), spendLimit: .cents(2))
        let first = stage.fail(fits.id, .timeout, cost: .unknown)
        #expect(first == ["ask 3 1 fallback"])
        let second = stage.fail(fits.id, .timeout, cost: .unknown)
        #expect(second == ["finish 3 exhausted"])
    }
}
