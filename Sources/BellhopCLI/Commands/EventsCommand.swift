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
    struct List: ServerCommand {
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

        func ask(_ server: AdminClient) async throws -> [EventSummary] {
            try await server.events(
                EventFilter(
                    states: Set(state), topic: topic.map(Topic.init(rawValue:)),
                    shop: shop.flatMap(Shop.init(domain:)), limit: most.limit))
        }

        func text(of events: [EventSummary], style: Style) -> String {
            EventTables.list(events).rendered(style)
        }
    }

    struct Show: ServerCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one event: its jobs, model calls, costs and effects.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The event's id, as `bellhop events list` shows it.")
        var id: RecordID

        func ask(_ server: AdminClient) async throws -> EventDetail {
            try await server.event(id.text)
        }

        func text(of event: EventDetail, style: Style) -> String {
            EventTables.detail(event, style: style)
        }
    }
}

extension JobState.Name: ExpressibleByArgument {}
