import ArgumentParser
import Console
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
                When BELLHOP_ADMIN_TOKEN is set and a server runs, the list also says to which topics each handler is \
                bound there, and which are paused because many of their events failed alike.
                """)

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let rows = HandlerRow.all(BuiltInHandlers.all, running: try await running())
            if output.json { return try output.print(json: rows) }
            print(HandlerTables.list(rows).rendered(OutputOptions.style), terminator: "")
        }

        /// The handlers of the server; `nil` when none is to be asked.
        private func running() async throws -> [HandlerStatus]? {
            guard try AdminOptions.token != nil else { return nil }
            do {
                return try await admin.withClient { try await $0.handlers() }
            } catch let error as AdminClientError where error.code == .notRunning {
                return nil
            }
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
        var id: RecordID

        func run() async throws {
            try await admin.withClient { try await $0.resume(handler: id.text) }
            if output.json { return try output.print(json: ["resumed": id.text]) }
            print("\(id.text) runs again".printable)
        }
    }
}
