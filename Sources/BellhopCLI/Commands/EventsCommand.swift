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
        subcommands: [List.self, Show.self, Retry.self, Rehearse.self], defaultSubcommand: List.self)
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

        @Option(help: "At most this many, up to 1000.")
        var limit = 50

        func validate() throws {
            if let shop, Shop(domain: shop) == nil { throw ValidationError("--shop takes a host name.") }
        }

        func run() async throws {
            let filter = EventFilter(
                states: Set(state), topic: topic.map(Topic.init(rawValue:)),
                shop: shop.flatMap(Shop.init(domain:)), limit: limit)
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
        var id: String

        func run() async throws {
            let event = try await admin.withClient { try await $0.event(id) }
            if output.json { return try output.print(json: event) }
            print(EventTables.detail(event, style: OutputOptions.style))
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry",
            abstract: "Run a held, waiting, dead or finished event again.",
            discussion: """
                Only what failed is asked again: questions that were answered before get the recorded answer, at no cost, \
                as long as the handler still puts them in the same way. With --anew the recorded answers are forgotten, \
                and every question is asked and paid for again. Either way the attempts are counted from the start and the \
                effects are planned anew. To see first what would come of it, use `bellhop events rehearse`.
                """)

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Argument(help: "The event's id, as `bellhop events list` shows it.")
        var id: String

        @Flag(help: "Forget the recorded answers: every question is asked, and paid for, again.")
        var anew = false

        func run() async throws {
            let jobs = try await admin.withClient { try await $0.retry(id, anew: anew) }
            if output.json { return try output.print(json: ["ready": jobs]) }
            print("\(jobs) \(jobs == 1 ? "job is" : "jobs are") ready to run")
        }
    }
}

extension JobState.Name: ExpressibleByArgument {}
