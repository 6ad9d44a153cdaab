import ArgumentParser
import Bellhop
import Console
import InboxCore
import Terminal

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Look into the inbox of a running server, run events again or rehearse them.",
        discussion: "Talks to the private door; set BELLHOP_ADMIN_TOKEN as for the server.",
        subcommands: [List.self, Show.self, Dead.self, Retry.self, Rehearse.self], defaultSubcommand: List.self)
}

extension EventsCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List events, newest first.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Option(
            help: ArgumentHelp(
                "Only events in this state; may be given several times: "
                    + JobState.Name.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "state"))
        var state: [JobState.Name] = []

        @Option(help: "Only events of this topic.")
        var topic: String?

        @Option(help: "Only events of this shop.")
        var shop: String?

        @OptionGroup var most: LimitOption

        func validate() throws {
            if let shop, Shop(domain: shop) == nil { throw ValidationError("--shop takes a host name.") }
        }

        func run() async throws {
            let filter = EventFilter(
                states: Set(state), topic: topic.map(Topic.init(rawValue:)),
                shop: shop.flatMap(Shop.init(domain:)), limit: most.limit)
            let events = try await admin.withClient { try await $0.events(filter) }
            if output.json { return try output.print(json: events) }
            print(EventTables.list(events).rendered(OutputOptions.style))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one event: its jobs, model calls, costs and effects.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The event's id, as `bellhop events list` shows it.")
        var id: RecordID

        func run() async throws {
            let event = try await admin.withClient { try await $0.event(id.text) }
            if output.json { return try output.print(json: event) }
            print(EventTables.detail(event, style: OutputOptions.style))
        }
    }
}

extension JobState.Name: ExpressibleByArgument {}
