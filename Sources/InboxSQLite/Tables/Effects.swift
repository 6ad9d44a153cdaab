import Bellhop
import Cryptography
import Foundation
import GRDB
import InboxCore

/// What jobs want done in the world, and how far that has got.
struct Effects {
    struct Entry {
        let id: Int64
        let job: Int64
        let position: Int
        let key: String
        let kind: Effect.Kind
        /// A ``StoredEffect``, sealed when there is a key.
        let content: DatabaseValue
        var record: EffectRecord
    }

    static let reclaim = """
        UPDATE effects SET state = 'planned', due_at = NULL, lease_token = NULL, lease_epoch = NULL, may_have_arrived = 1
        WHERE state = 'sending'
        """

    static let resetTurns = "UPDATE effects SET waits_turn = 0 WHERE waits_turn = 1"

    static let letNextIn = """
        UPDATE effects SET waits_turn = 0
        WHERE id = (SELECT id FROM effects WHERE job = ? AND waits_turn = 1 ORDER BY position LIMIT 1)
        """

    /// Looks at what waits, for whatever reason, and at nothing else.
    static let letShopIn = """
        UPDATE effects INDEXED BY effects_waiting SET waits_turn = 0
        WHERE waits_turn = 1
          AND EXISTS (SELECT 1 FROM deliveries WHERE deliveries.seq = effects.delivery AND deliveries.shop = ?)
        """

    let db: Database
    let sealing: Sealing

    /// What becomes of the effects of an earlier run, and of those that a run wants now.
    func plan(_ wanted: [Effect], after earlier: [Entry]) -> EffectPlan {
        EffectPlan(
            wanted: wanted,
            earlier: earlier.map { .init(position: $0.position, effect: try? effect(of: $0), record: $0.record) })
    }

    /// Why a plan is not carried out that may repeat something: what of the earlier ones cannot be read.
    func reasonNotToPlan(after earlier: [Entry]) -> String {
        for entry in earlier {
            do {
                _ = try effect(of: entry)
            } catch SealError.missingKey(let id) {
                return MissingKey.reason(ofEffectsUnder: id)
            } catch {
                continue
            }
        }
        return
            "an effect of an earlier run is damaged, so nobody can tell whether it would happen twice; do by hand what "
            + "is missing"
    }

    /// Records what a run of a job wants, beside or in place of what an earlier run wanted.
    ///
    /// - Returns: whether anything changed.
    func record(
        _ plan: EffectPlan, over earlier: [Entry], by job: QueuedJob, deliveryID: String, at now: Date
    ) throws -> Bool {
        for var entry in earlier where plan.replaced.contains(entry.position) {
            entry.record.replace(at: now)
            try update(entry)
        }
        for new in plan.new {
            let key = PlannedEffect.key(
                deliveryID: deliveryID, handlerID: job.record.handlerID, position: new.position)
            try insert(new, key: key, job: job, at: now)
        }
        // What held up one that stays may have been given up.
        if !plan.replaced.isEmpty { try letNextIn(ofJob: job.id) }
        return !plan.new.isEmpty || !plan.replaced.isEmpty
    }

    private func insert(_ new: EffectPlan.New, key: String, job: QueuedJob, at now: Date) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO effects (
                  job, delivery, handler, position, key, kind, lane, effect, planned_at, state
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned')
                """
        ).execute(arguments: [
            job.id, job.delivery, job.record.handlerID, new.position, key, new.effect.kind.rawValue,
            EffectLane(of: new.effect).text, try encode(new.effect, job: job.id, position: new.position),
            Timestamp(now),
        ])
    }

    /// Writes where the entry stands. It is in line again for as long as nobody finds that it has to wait.
    func update(_ entry: Entry) throws {
        let row = EffectRow(entry.record)
        try db.cachedStatement(
            sql: """
                UPDATE effects SET state = ?, due_at = ?, ended_at = ?, reason = ?, lease_token = ?, lease_epoch = ?,
                  attempts = ?, may_have_arrived = ?, waits_turn = 0
                WHERE id = ?
                """
        ).execute(arguments: [
            row.state, row.dueAt, row.endedAt, row.reason, row.leaseToken, row.leaseEpoch, entry.record.attempts,
            entry.record.mayHaveArrived, entry.id,
        ])
    }

    /// Puts the first effect in line again that waits behind others of the job.
    func letNextIn(ofJob job: Int64) throws {
        try db.cachedStatement(sql: Self.letNextIn).execute(arguments: [job])
    }

    /// Puts the effects of a shop in line again that were taken out of it while the shop was gone.
    func letIn(_ shop: Shop) throws {
        try db.cachedStatement(sql: Self.letShopIn).execute(arguments: [shop.domain])
    }

    func find(_ id: Int64) throws -> Entry? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM effects WHERE id = ?"), arguments: [id]).map(Entry.init)
    }

    func find(key: String) throws -> Entry? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM effects WHERE key = ?"), arguments: [key])
            .map(Entry.init)
    }

    /// In their order.
    func ofJob(_ job: Int64) throws -> [Entry] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM effects WHERE job = ? ORDER BY position"), arguments: [job]
        ).map(Entry.init)
    }

    /// As they are shown.
    func planned(ofJob job: Int64) throws -> [PlannedEffect] {
        try ofJob(job).map { PlannedEffect(key: $0.key, effect: try effect(of: $0), record: $0.record) }
    }

    /// What an entry wants done.
    ///
    /// - Throws: `SealError`, or when what is stored is damaged.
    func effect(of entry: Entry) throws -> Effect {
        try StoredEffect.decode(sealing.text(entry.content, in: Self.place(entry.job, entry.position)))
    }

    /// What the column `effect` holds; ``effect(of:)`` reads it.
    func encode(_ effect: Effect, job: Int64, position: Int) throws -> DatabaseValue {
        try sealing.stored(StoredEffect.encode(effect), in: Self.place(job, position))
    }

    private static func place(_ job: Int64, _ position: Int) -> Sealing.Place {
        Sealing.Place("effects.effect", row: "\(job)/\(position)")
    }

    /// Makes those ready again that were under way when the last process ended. Nobody knows whether they arrived.
    func begin() throws {
        try db.execute(sql: Self.reclaim)
        try db.execute(sql: Self.resetTurns)
    }
}

extension Effects.Entry {
    init(_ row: Row) throws {
        id = try row.decode(forKey: "id")
        job = try row.decode(forKey: "job")
        position = try row.decode(forKey: "position")
        key = try row.decode(forKey: "key")
        guard let kind = Effect.Kind(rawValue: try row.decode(forKey: "kind")) else { throw DamagedRow(column: "kind") }
        self.kind = kind
        content = try row.sealed("effect")
        record = try EffectRow(row).record(from: row)
    }
}
