import Testing
import Vocabulary

@testable import ModelClient

struct LineTests {
    private var stage = EngineStage { $0.limits.concurrency = 1 }

    @Test mutating func `serves the highest priority first, and among equals the earliest`() {
        let first = stage.offer()
        #expect(first.actions == ["ask 1 0 first"])
        for priority in [5, 5, 9, 0] {
            let waiting = stage.offer(priority: priority)
            #expect(waiting.actions == [])
        }
        var id = first.id
        for expected in [4, 2, 3, 5] {
            let actions = stage.succeed(id)
            #expect(actions == ["ask \(expected) 0 first"])
            id = CallID(number: UInt64(expected))
        }
        let last = stage.succeed(id)
        #expect(last == [])
        #expect(stage.engine.inFlight == 0)
        #expect(stage.engine.calls.isEmpty)
    }

    @Test mutating func `ends a call in line at its deadline`() {
        _ = stage.offer()
        _ = stage.offer(deadline: .seconds(7))
        #expect(stage.engine.nextWake() == .seconds(7))
        let actions = stage.wake()
        #expect(actions == ["finish 2 deadline"])
    }

    @Test mutating func `forgets a call in line that nobody waits for`() {
        let first = stage.offer()
        let second = stage.offer()
        let third = stage.offer()
        let cancelled = stage.step(.cancelled(second.id))
        #expect(cancelled == ["finish 2 cancelled"])
        let next = stage.succeed(first.id)
        #expect(next == ["ask 3 0 first"])
        // It is asking: its request is concluded first.
        let ignored = stage.step(.cancelled(third.id))
        #expect(ignored == [])
        let abandoned = stage.step(.concluded(third.id, Engine.Conclusion(cost: .unknown, isAbandoned: true)))
        #expect(abandoned == ["finish 3 cancelled"])
        #expect(stage.engine.inFlight == 0)
    }

    @Test mutating func `passes those in line on when their model comes to rest`() {
        let first = stage.offer()
        _ = stage.offer()
        _ = stage.offer(["a"])
        let actions = stage.fail(first.id, .unavailable, retryAfter: .seconds(300))
        // The third has nowhere to go and need not wait for a place to learn it.
        #expect(actions == ["finish 3 mustWait 300 a:resting", "ask 1 1 fallback"])
        let next = stage.succeed(first.id)
        #expect(next == ["ask 2 1 fallback"])
    }

    @Test mutating func `lets no more through in a minute than a model takes`() {
        stage = EngineStage { $0.models[0].rateLimits = RateLimits(requestsPerMinute: 2) }
        for expected in [["ask 1 0 first"], ["ask 2 0 first"], []] {
            let offered = stage.offer(deadline: .seconds(90))
            #expect(offered.actions == expected)
        }
        // Others are not held up.
        let other = stage.offer(["b"])
        #expect(other.actions == ["ask 4 0 first"])
        #expect(stage.engine.nextWake() == .seconds(30))
        let woken = stage.wake()
        #expect(woken == ["ask 3 0 first"])
    }

    @Test mutating func `counts tokens by their estimate and corrects it`() {
        stage = EngineStage { $0.providers[0].rateLimits = RateLimits(tokensPerMinute: 1000) }
        let first = stage.offer(tokens: 900)
        let second = stage.offer(tokens: 900)
        #expect(second.actions == [])
        let actions = stage.succeed(first.id, tokens: 100)
        #expect(actions == ["ask 2 0 first"])
    }

    @Test mutating func `goes on to the next model when the first is held up for longer than its share`() {
        stage = EngineStage { $0.models[0].rateLimits = RateLimits(requestsPerMinute: 1) }
        _ = stage.offer()
        let waiting = stage.offer(deadline: .seconds(30))
        #expect(waiting.actions == [])
        #expect(stage.engine.nextWake() == .seconds(15))
        let actions = stage.wake()
        #expect(actions == ["ask 2 1 fallback"])
    }

    @Test mutating func `counts the patience of those who met a full house from when a place is free`() {
        stage = EngineStage {
            $0.limits.concurrency = 2
            $0.models[0].rateLimits = RateLimits(requestsPerMinute: 1)
        }
        let first = stage.offer(["a"])
        let other = stage.offer(["b"])
        // All places are taken, and the model takes nobody for a minute.
        let waiting = stage.offer(deadline: .seconds(30))
        #expect(waiting.actions == [])
        stage.uptime = .seconds(10)
        let freed = stage.succeed(other.id)
        #expect(freed == [])
        #expect(stage.engine.nextWake() == .seconds(20))
        let actions = stage.wake()
        #expect(actions == ["ask 3 1 fallback"])
        _ = stage.succeed(first.id)
    }

    @Test mutating func `remembers nobody for whom all places were taken once they have been served`() {
        var asking = stage.offer(["b"]).id
        for _ in 0..<100 {
            let next = stage.offer(["b"]).id
            _ = stage.succeed(asking)
            asking = next
        }
        #expect(stage.engine.patient.count <= 2)
    }
}
