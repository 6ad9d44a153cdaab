import ArgumentParser
import Bellhop
import Handlers
import Terminal

struct HandlersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handlers", abstract: "The handler plugins built in.", subcommands: [List.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the handlers, what they read and what they may cause.")

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let rows = BuiltInHandlers.all.map(Row.init)
            if output.json { return try output.print(json: rows) }
            var table = Table([
                .init("handler"), .init("topics"), .init("class"), .init("task"), .init("effects"),
                .init("at most", alignment: .right),
            ])
            for row in rows {
                table.add(
                    [
                        row.id, row.topics.joined(separator: ", "), row.routingClass, row.task,
                        row.effects.joined(separator: ", "), row.spendLimit.description,
                    ].map { Table.Cell($0) })
            }
            print(table.rendered(OutputOptions.style), terminator: "")
        }
    }

    private struct Row: Encodable {
        var id: String
        var version: Int
        var topics: [String]
        var routingClass: String
        var task: String
        var effects: [String]
        /// In nano-dollars.
        var spendLimit: USD

        init(_ handler: any WebhookHandler.Type) {
            id = handler.id
            version = handler.version
            topics = handler.topics.map(\.rawValue)
            routingClass = handler.routing.routingClass.rawValue
            task = handler.routing.task.rawValue
            effects = handler.effects.map(\.rawValue).sorted()
            spendLimit = handler.spendLimit
        }
    }
}
