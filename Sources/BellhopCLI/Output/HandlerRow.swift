import Bellhop
import Console

/// A handler as programs read it: what its plugin says, and how it is in a running server.
struct HandlerRow: Encodable {
    var id: String
    var version: Int?
    /// The topics that it reads; `nil`, as all that a plugin says, for a handler that only the server has.
    var topics: [String]?
    var routingClass: String?
    var task: String?
    var effects: [String]?
    var spendLimit: USD?
    /// `nil` when no server was asked.
    var state: State?
    /// The topics that it is bound to in the server.
    var boundTopics: [String]?
    var pause: HandlerStatus.Pause?

    private enum CodingKeys: String, CodingKey {
        case id, version, topics, routingClass, task, effects, state, boundTopics, pause
        case spendLimit = "spendLimitNanos"
    }

    enum State: String, Encodable {
        case running, paused
        /// No topic leads to it.
        case unbound
    }

    /// All plugins, then the handlers that only the server has.
    ///
    /// - Parameter running: what the server says; `nil` when none was asked.
    static func all(_ plugins: [any WebhookHandler.Type], running: [HandlerStatus]?) -> [HandlerRow] {
        let rows = plugins.map(HandlerRow.init)
        guard let running else { return rows }
        let known = Set(rows.map(\.id))
        let others = running.filter { !known.contains($0.id) }.map { HandlerRow(id: $0.id) }
        return (rows + others).map { row in
            var row = row
            row.take(running.first { $0.id == row.id })
            return row
        }
    }

    private mutating func take(_ status: HandlerStatus?) {
        boundTopics = status?.boundTopics.map(\.rawValue) ?? []
        pause = status?.pause
        state = pause != nil ? .paused : boundTopics == [] ? .unbound : .running
    }
}

extension HandlerRow {
    private init(_ plugin: any WebhookHandler.Type) {
        self.init(
            id: plugin.id, version: plugin.version, topics: plugin.topics.map(\.rawValue),
            routingClass: plugin.routing.routingClass.rawValue, task: plugin.routing.task.rawValue,
            effects: plugin.effects.map(\.rawValue).sorted(), spendLimit: plugin.spendLimit)
    }
}
