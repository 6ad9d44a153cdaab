import Bellhop
import GRDB
import InboxCore

/// What the jobs' last runs want done in the world.
struct Effects {
    let db: Database

    /// Puts the effects in the place of those that an earlier run of the job planned.
    func replace(with effects: [PlannedEffect], job: Int64) throws {
        try db.cachedStatement(sql: "DELETE FROM effects WHERE job = ?").execute(arguments: [job])
        for (position, planned) in effects.enumerated() {
            try db.cachedStatement(
                sql: "INSERT INTO effects (job, position, key, effect, state) VALUES (?, ?, ?, ?, ?)"
            )
            .execute(arguments: [
                job, position, planned.key, try JSON.encode(planned.effect), planned.state.rawValue,
            ])
        }
    }

    func ofJob(_ job: Int64) throws -> [PlannedEffect] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM effects WHERE job = ? ORDER BY position"), arguments: [job]
        ).map(PlannedEffect.init)
    }
}

extension PlannedEffect {
    fileprivate init(_ row: Row) throws {
        guard let state = State(rawValue: try row.decode(forKey: "state")) else { throw DamagedRow(column: "state") }
        self.init(
            key: try row.decode(forKey: "key"),
            effect: try JSON.decode(Effect.self, from: row.decode(forKey: "effect")),
            state: state)
    }
}
