import Bellhop
import Console
import Foundation
import Terminal

/// Handlers as people read them.
enum HandlerTables {
    static func list(_ rows: [HandlersCommand.Row]) -> Table {
        let showsState = rows.contains { $0.state != nil }
        var columns: [Table.Column] = [
            .init("handler"), .init("topics"), .init("class"), .init("task"), .init("effects"),
            .init("at most", alignment: .right),
        ]
        if showsState { columns.append(.init("state", maxWidth: 80)) }
        var table = Table(columns)
        for row in rows {
            var cells = [
                row.id, row.topics.joined(separator: ", "), row.routingClass, row.task,
                row.effects.joined(separator: ", "), row.spendLimit.description,
            ]
            if showsState { cells.append(row.stateInWords) }
            table.add(cells.map { Table.Cell($0) })
        }
        return table
    }
}

extension HandlersCommand.Row {
    fileprivate var stateInWords: String {
        guard let pause else { return state ?? "" }
        let next = pause.isProbing ? "one event is tried" : "next try \(pause.until.formatted(.iso8601))"
        return "paused, \(next): \(pause.reason)"
    }
}
