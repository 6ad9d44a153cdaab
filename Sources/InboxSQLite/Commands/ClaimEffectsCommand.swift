import Bellhop
import Cryptography
import Foundation
import GRDB
import InboxCore

/// Hands out the oldest effects of each lane that are ready and whose turn it is.
struct ClaimEffectsCommand: StoreCommand {
    /// Effects whose pause or lease is over that one claim makes ready at most, so that a claim after a long outage
    /// stays short.
    static let duePerClaim = 1000
    /// Effects that one claim takes out of a lane's line at most, because they wait for their turn or for their shop.
    /// Each is found once, and then no more in the way.
    private static let sortedOutPerClaim = 1000
    /// How often it is looked whether a missing key is there, in seconds.
    private static let keyPause: TimeInterval = 3600

    static let makeDueReady = """
        UPDATE effects SET may_have_arrived = may_have_arrived OR state = 'sending', state = 'planned', due_at = NULL,
          lease_token = NULL, lease_epoch = NULL
        WHERE id IN (SELECT id FROM effects WHERE due_at <= ? ORDER BY due_at LIMIT ?)
        """

    // Without being told, SQLite would take the index of all that is planned, also of what waits.
    private static let ready = "effects INDEXED BY effects_ready"
    private static let isReady = "state = 'planned' AND due_at IS NULL AND waits_turn = 0"

    /// Jumps from lane to lane along the index, whatever the number of effects in each.
    static let selectLanes = """
        WITH RECURSIVE lanes(lane) AS (
          SELECT min(lane) FROM \(ready) WHERE \(isReady)
          UNION ALL
          SELECT (SELECT min(lane) FROM \(ready) WHERE \(isReady) AND lane > lanes.lane) FROM lanes
          WHERE lanes.lane IS NOT NULL
        )
        SELECT lane FROM lanes WHERE lane IS NOT NULL
        """

    static let selectReady = """
        SELECT effects.*, deliveries.shop,
          EXISTS (SELECT 1 FROM absent_shops WHERE absent_shops.shop = deliveries.shop) AS is_absent
        FROM \(ready)
        CROSS JOIN deliveries ON deliveries.seq = effects.delivery
        WHERE effects.state = 'planned' AND effects.due_at IS NULL AND effects.waits_turn = 0 AND effects.lane = ?
        ORDER BY effects.id LIMIT ?
        """

    struct Found: Sendable {
        var claims: [EffectClaim] = []
        /// Whether a line may hold more that was not looked at.
        var mayBeMore = false
    }

    let demand: EffectDemand
    let now: Date
    let leaseFor: Duration

    func perform(in transaction: inout StoreTransaction) throws -> Found {
        let db = transaction.db
        try db.cachedStatement(sql: Self.makeDueReady).execute(arguments: [Timestamp(now), Self.duePerClaim])
        let lanes = try String.fetchAll(db.cachedStatement(sql: Self.selectLanes)).compactMap(EffectLane.init(text:))
        var found = Found()
        for (lane, count) in demand.shares(of: lanes, turn: transaction.lastToken) {
            try claim(count, of: lane, in: &transaction, &found)
        }
        return found
    }

    private func claim(
        _ count: Int, of lane: EffectLane, in transaction: inout StoreTransaction, _ found: inout Found
    ) throws {
        var missing = count
        var passedOver = 0
        while missing > 0, passedOver < Self.sortedOutPerClaim {
            let rows = try Row.fetchAll(
                transaction.db.cachedStatement(sql: Self.selectReady), arguments: [lane.text, missing])
            guard !rows.isEmpty else { return }
            for row in rows {
                if let claim = try claim(row, in: &transaction) {
                    found.claims.append(claim)
                    missing -= 1
                } else {
                    passedOver += 1
                }
            }
        }
        if missing > 0 { found.mayBeMore = true }
    }

    /// - Returns: `nil` when it has to wait for its turn or its shop, or cannot be read; each takes it out of the line.
    private func claim(_ row: Row, in transaction: inout StoreTransaction) throws -> EffectClaim? {
        let effects = Effects(db: transaction.db, sealing: transaction.sealing)
        var entry = try Effects.Entry(row)
        if try row.decode(forKey: "is_absent") || isBehind(entry, db: transaction.db) {
            try transaction.db.cachedStatement(sql: "UPDATE effects SET waits_turn = 1 WHERE id = ?")
                .execute(arguments: [entry.id])
            return nil
        }
        let lease = transaction.nextLease(until: now + leaseFor.timeInterval)
        let attempt = entry.record.attempts + 1
        let isUncertain = entry.record.mayHaveArrived
        guard entry.record.claim(under: lease) else { throw DamagedRow(column: "state") }
        let effect: Effect
        do {
            effect = try effects.effect(of: entry)
        } catch {
            let result = EffectResult(outcome(of: error, isUncertain: isUncertain), at: now)
            _ = entry.record.finish(lease, with: result)
            try effects.update(entry)
            return nil
        }
        try effects.update(entry)
        return EffectClaim(
            id: entry.id, key: entry.key, effect: effect, shop: try row.shop(), attempt: attempt,
            isUncertain: isUncertain, lease: lease)
    }

    /// What becomes of an effect that cannot be read. One whose key is missing waits for it.
    private func outcome(of error: any Error, isUncertain: Bool) -> EffectResult.Outcome {
        if case SealError.missingKey(let id) = error {
            return .notSent(
                until: now + Self.keyPause, reason: "it is sealed with the storage key \(id), which is missing")
        }
        guard isUncertain else { return .failed(reason: "what is stored of it is damaged") }
        return .unknown(reason: "what is stored of it is damaged, and an earlier attempt may have arrived")
    }

    /// Whether an earlier effect of the same job, of a kind that can be delivered, has not come to a good end.
    private func isBehind(_ entry: Effects.Entry, db: Database) throws -> Bool {
        let statement = try db.cachedStatement(sql: Self.selectEarlier(kinds: demand.kinds))
        return try Bool.fetchOne(statement, arguments: [entry.job, entry.position]) ?? false
    }

    static func selectEarlier(kinds: Set<Effect.Kind>) -> String {
        let states = EffectState.Name.allCases.filter(\.holdsUpLater)
        return """
            SELECT EXISTS (
              SELECT 1 FROM effects WHERE job = ? AND position < ?
              AND state IN (\(states.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
              AND kind IN (\(kinds.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", "))))
            """
    }
}
