package import Bellhop
package import Foundation

extension MemoryInbox: EffectQueue {
    package nonisolated var effectChanges: AsyncStream<Void> { effectSignal.stream() }

    package func claimEffects(_ demand: EffectDemand, now: Date, leaseFor: Duration) -> [EffectClaim] {
        store.effects.claim(demand, now: now, leaseFor: leaseFor)
    }

    package func extendEffect(_ claim: EffectClaim, until: Date) -> Bool {
        store.effects.extend(claim, until: until)
    }

    package func finishEffect(_ claim: EffectClaim, with result: EffectResult) -> Bool {
        guard store.effects.finish(claim, with: result) else { return false }
        effectSignal.send()
        return true
    }

    package func nextEffectDue() -> Date? {
        store.effects.nextDue()
    }

    package func effects(_ filter: EffectFilter) -> [EffectSummary] {
        store.effects.list(filter)
    }

    package func effect(under key: String) -> EffectDetail? {
        store.effects.detail(under: key)
    }

    package func decide(_ decision: EffectDecision, onEffect key: String, at now: Date) throws {
        try store.effects.decide(decision, on: key, at: now)
        effectSignal.send()
    }

    package func lastWrites(to resource: String, in shop: Shop, since: Date) -> [String: Data] {
        store.effects.lastWrites(to: resource, in: shop, since: since)
    }
}
