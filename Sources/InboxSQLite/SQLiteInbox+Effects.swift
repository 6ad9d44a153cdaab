package import Bellhop
package import Foundation
import GRDB
package import InboxCore

extension SQLiteInbox: EffectQueue {
    static let selectNextEffectDue = "SELECT min(due_at) FROM effects WHERE due_at IS NOT NULL"

    package var effectChanges: AsyncStream<Void> { writer.effectSignal.stream() }

    package func claimEffects(_ demand: EffectDemand, now: Date, leaseFor: Duration) async throws -> [EffectClaim] {
        while true {
            // Each stays short, so that others can write in between; that nothing was found means that there is
            // nothing.
            let found = try await writer.submit(ClaimEffectsCommand(demand: demand, now: now, leaseFor: leaseFor))
            if !found.claims.isEmpty || !found.mayBeMore { return found.claims }
        }
    }

    package func extendEffect(_ claim: EffectClaim, until: Date) async throws -> Bool {
        try await writer.submit(ExtendEffectCommand(effect: claim.id, lease: claim.lease, until: until))
    }

    package func finishEffect(_ claim: EffectClaim, with result: EffectResult) async throws -> Bool {
        try await writer.submit(
            FinishEffectCommand(effect: claim.id, shop: claim.shop, lease: claim.lease, result: result))
    }

    package func nextEffectDue() async throws -> Date? {
        try await reader.read { db in
            try Timestamp.fetchOne(db.cachedStatement(sql: Self.selectNextEffectDue))?.date
        }
    }

    package func effects(_ filter: EffectFilter) async throws -> [EffectSummary] {
        try await reader.read { try EffectList(filter: filter).fetch($0) }
    }

    package func effect(under key: String) async throws -> EffectDetail? {
        try await reader.read { [sealing] in try EffectDetail.fetch($0, key: key, sealing: sealing) }
    }

    package func decide(_ decision: EffectDecision, onEffect key: String, at now: Date) async throws {
        try await writer.submit(DecideEffectCommand(decision: decision, key: key, now: now))
    }

    package func lastWrites(to resource: String, in shop: Shop, since: Date) async throws -> [String: Data] {
        try await reader.read { try FieldWrites(db: $0).last(to: resource, in: shop, since: since) }
    }
}
