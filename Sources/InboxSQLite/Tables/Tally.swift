import GRDB
import InboxCore

/// Counters of what would take a scan of the whole history to count, kept in `meta` in the commit of the change.
struct Tally: Sendable, Hashable {
    var deliveries = 0
    var duplicates = 0
    var done = 0
    var skipped = 0
    var dead = 0

    private var changes: [(key: String, change: Int)] {
        [
            ("deliveries", deliveries), ("duplicates", duplicates), ("done", done), ("skipped", skipped),
            ("dead", dead),
        ]
    }

    /// Counts a job that is over; none of the other states.
    mutating func count(_ state: JobState.Name, _ change: Int) {
        switch state {
        case .done: done += change
        case .skipped: skipped += change
        case .dead: dead += change
        case .ready, .running, .waiting, .held: break
        }
    }

    func add(to db: Database) throws {
        for (key, change) in changes where change != 0 {
            try db.cachedStatement(sql: "UPDATE meta SET value = value + ? WHERE key = ?")
                .execute(arguments: [change, key])
        }
    }

    static func fetch(_ db: Database) throws -> Tally {
        let rows = try Row.fetchAll(db.cachedStatement(sql: "SELECT key, value FROM meta"))
        let values: [String: Int] = Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        return Tally(
            deliveries: values["deliveries", default: 0], duplicates: values["duplicates", default: 0],
            done: values["done", default: 0], skipped: values["skipped", default: 0],
            dead: values["dead", default: 0])
    }
}
