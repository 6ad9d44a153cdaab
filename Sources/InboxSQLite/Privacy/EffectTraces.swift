import Bellhop
import GRDB

/// What is kept of a job's effects beside their content.
struct EffectTraces {
    let effects: Effects

    /// Drops what has not arrived for certain, because there is nothing left to send, and takes out why attempts failed and
    /// what we remember to have written.
    func erase(of job: Int64, because reason: String) throws {
        let db = effects.db
        for entry in try effects.ofJob(job) { try forgetWrites(of: entry, db) }
        try Overwriting(db: db).zero("reason", of: "effects", where: "job = ? AND reason IS NOT NULL", job)
        try db.cachedStatement(sql: "UPDATE effects SET reason = ? WHERE job = ? AND reason IS NOT NULL")
            .execute(arguments: [reason, job])
        try db.cachedStatement(
            sql: """
                UPDATE effects SET state = 'dropped', reason = ?, due_at = NULL, lease_token = NULL, lease_epoch = NULL,
                  ended_at = coalesce(ended_at, planned_at), waits_turn = 0
                WHERE job = ? AND state IN ('planned', 'sending', 'unknown')
                """
        ).execute(arguments: [reason, job])
    }

    private func forgetWrites(of entry: Effects.Entry, _ db: Database) throws {
        guard let resource = try? effects.effect(of: entry).resource else { return }
        try db.cachedStatement(
            sql: """
                DELETE FROM writes WHERE resource IN (?, ?)
                  AND shop = (SELECT deliveries.shop FROM effects JOIN deliveries ON deliveries.seq = effects.delivery
                    WHERE effects.id = ?)
                """
        ).execute(arguments: [resource.gid, resource.gid.replacing("gid://shopify/", with: ""), entry.id])
    }
}
