import Bellhop
import Foundation
import GRDB
import InboxCore

/// Lists jobs, newest first.
///
/// Each state is a query of its own that runs backwards along an index and stops at the limit, so that the few dead
/// ones are found as fast among a million done ones.
struct EventList {
    let filter: EventFilter

    func fetch(_ db: Database) throws -> [EventSummary] {
        let states = filter.states.isEmpty ? Set(JobState.Name.allCases) : filter.states
        return try states.flatMap { try fetch($0, db) }
            .sorted { $0.job > $1.job }
            .prefix(filter.limit)
            .map(\.summary)
    }

    private func fetch(_ state: JobState.Name, _ db: Database) throws -> [(job: Int64, summary: EventSummary)] {
        let statement = try db.cachedStatement(sql: Self.sql(for: state, filter))
        var arguments: StatementArguments = []
        if let topic = filter.topic { arguments += [topic.rawValue] }
        if let shop = filter.shop { arguments += [shop.domain] }
        arguments += [filter.limit]
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            (job: try row.decode(forKey: "job"), summary: try EventSummary(row))
        }
    }

    static func sql(for state: JobState.Name, _ filter: EventFilter) -> String {
        let topic = filter.topic == nil ? "" : "AND deliveries.topic = ?"
        let shop = filter.shop == nil ? "" : "AND deliveries.shop = ?"
        let source = JobSource(state)
        return """
            SELECT \(source.columns) FROM \(source.from)
            WHERE \(source.table).state = '\(state.rawValue)' \(topic) \(shop)
            ORDER BY \(source.job) DESC LIMIT ?
            """
    }
}
