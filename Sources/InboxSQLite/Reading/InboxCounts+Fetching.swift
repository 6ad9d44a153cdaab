import GRDB
import InboxCore

extension InboxCounts {
    /// Counts the hot table along its index by state; everything else is a counter.
    static func fetch(_ db: Database) throws -> InboxCounts {
        let tally = try Tally.fetch(db)
        let over: [JobState.Name: Int] = [.done: tally.done, .skipped: tally.skipped, .dead: tally.dead]
        var jobs = over.filter { $0.value > 0 }
        let rows = try Row.fetchAll(db.cachedStatement(sql: "SELECT state, count(*) AS n FROM jobs GROUP BY state"))
        for row in rows {
            guard let state = JobState.Name(rawValue: try row.decode(forKey: "state")) else {
                throw DamagedRow(column: "state")
            }
            jobs[state] = try row.decode(forKey: "n")
        }
        return InboxCounts(jobs: jobs, deliveries: tally.deliveries, duplicates: tally.duplicates)
    }
}
