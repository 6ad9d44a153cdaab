import Bellhop
import Foundation
import InboxCore
import Testing

extension Sample {
    static func post(_ number: Int64, to destination: String = "erp") -> Effect {
        .post(Effect.Post(to: destination, ["number": .integer(number)]))
    }
}

/// What the suites about effects ask of an inbox.
extension EffectQueue {
    func claimEffects(
        _ limit: Int = 10, kinds: Set<Effect.Kind> = [.post], room: [EffectLane: Int] = [:], at seconds: Double = 10,
        leaseFor: Duration = .seconds(60)
    ) async throws -> [EffectClaim] {
        try await claimEffects(
            EffectDemand(limit: limit, kinds: kinds, room: room), now: Sample.time(seconds), leaseFor: leaseFor)
    }

    /// Claims one effect, which must be there.
    func claimEffect(at seconds: Double = 10, leaseFor: Duration = .seconds(60)) async throws -> EffectClaim {
        try #require(try await claimEffects(1, at: seconds, leaseFor: leaseFor).first)
    }

    /// Claims one effect and records how it ended.
    @discardableResult
    func deliver(_ outcome: EffectResult.Outcome, at seconds: Double = 10) async throws -> EffectClaim {
        let claim = try await claimEffect(at: seconds)
        #expect(try await finishEffect(claim, with: EffectResult(outcome, at: Sample.time(seconds + 1))))
        return claim
    }

    func states() async throws -> [EffectState.Name] {
        try await effects(EffectFilter()).reversed().map(\.state)
    }
}

extension Inbox {
    /// Stores a delivery and records that its handler wants these effects.
    ///
    /// - Returns: the delivery's id.
    func plan(_ effects: [Effect], _ webhookID: String = "w1", handler: JobPlan = "orders") async throws -> String {
        let id = try await store(Sample.delivery(webhookID), handlers: [handler])
        try await run(.done(effects: effects))
        return id
    }
}
