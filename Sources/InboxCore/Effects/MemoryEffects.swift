import Bellhop
import Foundation

/// The effects of an inbox that forgets everything with the process.
struct MemoryEffects {
    private struct Entry {
        let id: Int64
        let job: Int64
        let position: Int
        let deliveryID: String
        let handlerID: String
        let shop: Shop
        let effect: Effect
        let plannedAt: Date
        var record = EffectRecord()

        var key: String { PlannedEffect.key(deliveryID: deliveryID, handlerID: handlerID, position: position) }
    }

    private struct Written {
        var digest: Data
        var at: Date
    }

    private static let epoch: Int64 = 1

    /// In the order of planning; an entry's id is its place.
    private var entries: [Entry] = []
    private var written: [String: [String: Written]] = [:]
    private var lastToken: Int64 = 0

    mutating func plan(_ wanted: [Effect], by claim: Claim, at now: Date) {
        let own = entries.indices.filter { entries[$0].job == claim.jobID }
        let plan = EffectPlan(
            wanted: wanted,
            earlier: own.map {
                .init(position: entries[$0].position, effect: entries[$0].effect, record: entries[$0].record)
            })
        for index in own where plan.replaced.contains(entries[index].position) {
            entries[index].record.replace(at: now)
        }
        for new in plan.new {
            entries.append(
                Entry(
                    id: Int64(entries.count), job: claim.jobID, position: new.position, deliveryID: claim.deliveryID,
                    handlerID: claim.handlerID, shop: claim.delivery.shop, effect: new.effect, plannedAt: now))
        }
    }

    mutating func claim(_ demand: EffectDemand, now: Date, leaseFor: Duration) -> [EffectClaim] {
        for index in entries.indices {
            _ = entries[index].record.becomeDue(at: now)
        }
        let ready = entries.indices.filter { isReady($0, kinds: demand.kinds) }
        let lanes = Dictionary(grouping: ready) { EffectLane(of: entries[$0].effect) }
        let shares = demand.shares(of: lanes.keys.sorted { $0.text < $1.text }, turn: lastToken)
        return shares.flatMap { lane, count in
            (lanes[lane] ?? []).prefix(count).map { hand(out: $0, until: now + leaseFor.timeInterval) }
        }
    }

    mutating func extend(_ claim: EffectClaim, until: Date) -> Bool {
        guard let index = index(of: claim) else { return false }
        return entries[index].record.extend(claim.lease, until: until)
    }

    mutating func finish(_ claim: EffectClaim, with result: EffectResult) -> Bool {
        guard let index = index(of: claim), entries[index].record.finish(claim.lease, with: result) else {
            return false
        }
        if case .done(let wrote) = result.outcome {
            for write in wrote {
                written["\(claim.shop.domain) \(write.resource)", default: [:]][write.field] = Written(
                    digest: write.digest, at: result.at)
            }
        }
        return true
    }

    func nextDue() -> Date? {
        entries.compactMap(\.record.dueAt).min()
    }

    func list(_ filter: EffectFilter) -> [EffectSummary] {
        Array(entries.reversed().lazy.map { self.summary(of: $0) }.filter { filter.matches($0) }.prefix(filter.limit))
    }

    func detail(under key: String) -> EffectDetail? {
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        let behind = entries.filter { $0.job == entry.job && $0.position < entry.position }
            .first { $0.record.state.name.holdsUpLater }
        return EffectDetail(
            summary: summary(of: entry), effect: entry.effect, mayHaveArrived: entry.record.mayHaveArrived,
            behind: behind?.key)
    }

    func ofJob(_ job: Int64) -> [PlannedEffect] {
        entries.filter { $0.job == job }.map { PlannedEffect(key: $0.key, effect: $0.effect, record: $0.record) }
    }

    mutating func decide(_ decision: EffectDecision, on key: String, at now: Date) throws {
        guard let index = entries.firstIndex(where: { $0.key == key }) else { throw InboxError.noEffect }
        guard entries[index].record.decide(decision, at: now) else {
            throw InboxError.cannot(decision, in: entries[index].record.state)
        }
    }

    func lastWrites(to resource: String, in shop: Shop, since: Date) -> [String: Data] {
        (written["\(shop.domain) \(resource)"] ?? [:]).filter { $0.value.at >= since }.mapValues(\.digest)
    }

    private func isReady(_ index: Int, kinds: Set<Effect.Kind>) -> Bool {
        let entry = entries[index]
        guard case .planned(due: nil, _) = entry.record.state else { return false }
        return !entries.contains { other in
            other.job == entry.job && other.position < entry.position && kinds.contains(other.effect.kind)
                && other.record.state.name.holdsUpLater
        }
    }

    private mutating func hand(out index: Int, until: Date) -> EffectClaim {
        lastToken += 1
        let lease = Lease(token: lastToken, epoch: Self.epoch, expiresAt: until)
        _ = entries[index].record.claim(under: lease)
        let entry = entries[index]
        return EffectClaim(
            id: entry.id, key: entry.key, effect: entry.effect, shop: entry.shop,
            attempt: entry.record.attempts + 1, isUncertain: entry.record.mayHaveArrived, lease: lease)
    }

    private func index(of claim: EffectClaim) -> Int? {
        entries.indices.contains(Int(claim.id)) ? Int(claim.id) : nil
    }

    private func summary(of entry: Entry) -> EffectSummary {
        EffectSummary(
            key: entry.key, deliveryID: entry.deliveryID, handlerID: entry.handlerID, shop: entry.shop,
            lane: EffectLane(of: entry.effect), record: entry.record, plannedAt: entry.plannedAt)
    }
}
