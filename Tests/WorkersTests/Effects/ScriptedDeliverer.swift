import Bellhop
import Foundation
import InboxCore
import Synchronization
import Workers

/// Delivers posts as a script says and remembers what it was asked for.
final class ScriptedDeliverer: EffectDeliverer {
    enum Event: Hashable {
        case sent(String)
        case asked(String)
    }

    typealias Responding = @Sendable (_ effect: Effect, _ count: Int) async throws -> EffectResponse

    private let repetition: Repetition
    private let answer: EffectAnswer
    private let limits: [EffectLane: LaneLimits]
    let longestAttempt: Duration
    private let respond: Responding
    private let state = Mutex<(events: [Event], underWay: Int, most: Int)>(([], 0, 0))

    init(
        _ repetition: Repetition = .idempotent, answer: EffectAnswer = .cannotTell(reason: "nobody was asked"),
        limits: [EffectLane: LaneLimits] = [:], longestAttempt: Duration = .zero,
        responding: @escaping Responding = { _, _ in .delivered(wrote: []) }
    ) {
        self.repetition = repetition
        self.answer = answer
        self.limits = limits
        self.longestAttempt = longestAttempt
        respond = responding
    }

    var events: [Event] { state.withLock { $0.events } }
    var most: Int { state.withLock { $0.most } }
    var kind: Effect.Kind { .post }
    var lanes: [EffectLane: LaneLimits] { limits }

    func terms(of effect: Effect) -> EffectTerms {
        EffectTerms(
            repetition: repetition, policy: RetryPolicy(maxAttempts: 3, base: .milliseconds(1), cap: .milliseconds(1)))
    }

    func deliver(_ effect: Effect, under key: String) async throws(CancellationError) -> EffectResponse {
        let count = state.withLock { state in
            state.events.append(.sent(key))
            state.underWay += 1
            state.most = max(state.most, state.underWay)
            return state.events.count
        }
        defer { state.withLock { $0.underWay -= 1 } }
        do {
            return try await respond(effect, count)
        } catch {
            throw CancellationError()
        }
    }

    func ask(about effect: Effect, under key: String) async throws(CancellationError) -> EffectAnswer {
        state.withLock { $0.events.append(.asked(key)) }
        return answer
    }
}

/// A queue that can fail or lose leases as a test says.
final class WatchedQueue: EffectQueue {
    private let inner: any EffectQueue
    private let losesLeases: Bool
    private let onFinish: @Sendable (Int) throws -> Void
    private let finishes = Mutex(0)

    init(
        _ inner: any EffectQueue, losesLeases: Bool = false,
        onFinish: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) {
        self.inner = inner
        self.losesLeases = losesLeases
        self.onFinish = onFinish
    }

    var finished: Int { finishes.withLock { $0 } }

    func claimEffects(_ demand: EffectDemand, now: Date, leaseFor: Duration) async throws -> [EffectClaim] {
        try await inner.claimEffects(demand, now: now, leaseFor: leaseFor)
    }

    func extendEffect(_ claim: EffectClaim, until: Date) async throws -> Bool {
        losesLeases ? false : try await inner.extendEffect(claim, until: until)
    }

    func finishEffect(_ claim: EffectClaim, with result: EffectResult) async throws -> Bool {
        try onFinish(
            finishes.withLock { count in
                count += 1
                return count
            })
        return try await inner.finishEffect(claim, with: result)
    }

    func nextEffectDue() async throws -> Date? { try await inner.nextEffectDue() }
    func effects(_ filter: EffectFilter) async throws -> [EffectSummary] { try await inner.effects(filter) }
    func effect(under key: String) async throws -> EffectDetail? { try await inner.effect(under: key) }
    func decide(_ decision: EffectDecision, onEffect key: String, at now: Date) async throws {
        try await inner.decide(decision, onEffect: key, at: now)
    }
    func lastWrites(to resource: String, in shop: Shop, since: Date) async throws -> [String: Data] {
        try await inner.lastWrites(to: resource, in: shop, since: since)
    }
    var effectChanges: AsyncStream<Void> { inner.effectChanges }
}
