import ArgumentParser
import Bellhop
import Console
import Foundation
import Handlers
import Terminal

struct HandlersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handlers", abstract: "The handler plugins built in, and how they are in a running server.",
        subcommands: [List.self, Resume.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the handlers, what they read and what they may cause.",
            discussion: """
                When BELLHOP_ADMIN_TOKEN is set and a server runs, the list also says which handlers are paused there \
                because many of their events failed alike.
                """)

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let pauses = await pauses()
            let rows = BuiltInHandlers.all.map { handler in
                Row(handler, pauses: pauses)
            }
            if output.json { return try output.print(json: rows) }
            print(HandlerTables.list(rows).rendered(OutputOptions.style), terminator: "")
        }

        /// The paused handlers of the server; `nil` when there is none to be reached.
        private func pauses() async -> [HandlerStatus.Pause]? {
            let isReachable = ProcessInfo.processInfo.environment["BELLHOP_ADMIN_TOKEN"]?.isEmpty == false
            guard isReachable else { return nil }
            return try? await admin.withClient { try await $0.handlers() }.compactMap(\.pause)
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume", abstract: "End the pause of a handler in a running server.",
            discussion: """
                A handler is paused when many of its events fail alike, so that they wait and are not lost as dead. One \
                event is tried from time to time, and a success ends the pause by itself. Events that failed meanwhile wait \
                some minutes more; `bellhop events retry` runs one of them at once.
                """)

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The handler's id, as `bellhop handlers list` shows it.")
        var id: String

        func run() async throws {
            try await admin.withClient { try await $0.resume(handler: id) }
            if output.json { return try output.print(json: ["resumed": id]) }
            print("\(id) runs again".printable)
        }
    }

    struct Row: Encodable {
        var id: String
        var version: Int
        var topics: [String]
        var routingClass: String
        var task: String
        var effects: [String]
        /// In nano-dollars.
        var spendLimit: USD
        /// `running` or `paused`; `nil` when no server was asked.
        var state: String?
        var pause: HandlerStatus.Pause?

        init(_ handler: any WebhookHandler.Type, pauses: [HandlerStatus.Pause]?) {
            id = handler.id
            version = handler.version
            topics = handler.topics.map(\.rawValue)
            routingClass = handler.routing.routingClass.rawValue
            task = handler.routing.task.rawValue
            effects = handler.effects.map(\.rawValue).sorted()
            spendLimit = handler.spendLimit
            pause = pauses?.first { $0.handlerID == handler.id }
            state = pauses.map { _ in pause == nil ? "running" : "paused" }
        }
    }
}
