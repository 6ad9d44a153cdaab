import Bellhop
import Console
import Foundation
import Terminal

/// Handlers as people read them.
enum HandlerTables {
    static func list(_ rows: [HandlerRow]) -> Table {
        let isServed = rows.contains { $0.state != nil }
        var columns: [Table.Column] = [
            .init("handler"), .init(isServed ? "bound to" : "reads"), .init("class"), .init("task"),
            .init("effects"), .init("at most", alignment: .right),
        ]
        if isServed { columns.append(.init("state", maxWidth: 80)) }
        var table = Table(columns)
        for row in rows {
            // A topic a line: some handlers read twenty.
            let topics = row.boundTopics ?? row.topics ?? []
            table.add(
                [
                    row.id, topics.first ?? "", row.routingClass ?? "", row.task ?? "",
                    row.effects?.joined(separator: ", ") ?? "", row.spendLimit?.description ?? "", row.stateInWords,
                ].map { Table.Cell($0) })
            for topic in topics.dropFirst() { table.add(["", .init(topic)]) }
        }
        return table
    }
}

extension HandlerRow {
    fileprivate var stateInWords: String {
        guard let pause else { return state?.rawValue ?? "" }
        let next = pause.isProbing ? "one event is tried" : "next try \(pause.until.formatted(.iso8601))"
        return "paused, \(next): \(pause.reason)"
    }
}
