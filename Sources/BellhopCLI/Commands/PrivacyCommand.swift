import ArgumentParser
import Console
import Foundation
import InboxCore
import Terminal

struct PrivacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "See what was erased and which customers asked for their data, and take their data out.",
        discussion: "Talks to the private door; set BELLHOP_ADMIN_TOKEN as for the server.",
        subcommands: [List.self, Show.self, Export.self], defaultSubcommand: List.self)
}

extension PrivacyCommand {
    struct List: ServerCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List erasures and customers' requests, newest first.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @OptionGroup var most: LimitOption

        func ask(_ server: AdminClient) async throws -> PrivacyOverview {
            try await server.privacy(limit: most.limit)
        }

        func text(of overview: PrivacyOverview, style: Style) -> String {
            PrivacyTables.overview(overview, style: style)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one erasure or one customer's request.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The id of the event that asked for it, as `bellhop privacy list` shows it.")
        var id: RecordID

        func run() async throws {
            let record: PrivacyRecord
            do {
                record = try await admin.withClient { try await $0.privacyRecord(id.text) }
            } catch let error as AdminClientError where error.code == .notFound {
                throw CommandError("\(error.message); see `bellhop privacy list`")
            }
            switch record {
            case .erasure(let erasure):
                if output.json { return try output.print(json: erasure) }
                print(PrivacyTables.detail(erasure).rendered(OutputOptions.style))
            case .dataRequest(let request):
                if output.json { return try output.print(json: request) }
                print(PrivacyTables.detail(request).rendered(OutputOptions.style))
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Print a file with what is kept about a customer.",
            discussion: "For example: bellhop privacy export ID > customer.json")

        @OptionGroup var admin: AdminOptions

        @Argument(
            help:
                "The id of the export, as `bellhop privacy list` shows it, or of its request when the answer is one file."
        )
        var id: RecordID

        func run() async throws {
            let content = try await admin.withClient { try await $0.export(id.text) }
            try FileHandle.standardOutput.write(contentsOf: content)
        }
    }
}
