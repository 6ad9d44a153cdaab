import ArgumentParser
import Bellhop
import Console
import InboxCore
import Terminal

struct EffectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "effects",
        abstract: "Look at what handlers want done in the world, and decide about what got stuck.",
        discussion: """
            An effect that failed did not happen. One that is unknown may have happened or not: look at the receiver, \
            then mark it as done, send it again, or drop it. Later effects of the same event wait until then.

            Talks to the private door; set BELLHOP_ADMIN_TOKEN as for the server.
            """,
        subcommands: [List.self, Show.self, Retry.self, Done.self, Drop.self], defaultSubcommand: List.self)
}

extension EffectsCommand {
    private static func kind(_ text: String) throws -> Effect.Kind {
        guard let kind = Effect.Kind(rawValue: text) else {
            throw ValidationError("--kind is one of \(Effect.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return kind
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List effects, newest first.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions

        @Option(
            help: ArgumentHelp(
                "Only effects in this state; may be given several times: "
                    + EffectState.Name.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "state"))
        var state: [EffectState.Name] = []

        @Option(
            help: ArgumentHelp(
                "Only effects of this kind: " + Effect.Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".",
                valueName: "kind"), transform: EffectsCommand.kind)
        var kind: Effect.Kind?

        @Option(help: "Only posts to this destination.")
        var destination: String?

        @Option(help: "Only effects of this shop's events.")
        var shop: String?

        @OptionGroup var most: LimitOption

        func validate() throws {
            if let shop, Shop(domain: shop) == nil { throw ValidationError("--shop takes a host name.") }
        }

        func run() async throws {
            let filter = EffectFilter(
                states: Set(state), kind: kind, destination: destination, shop: shop.flatMap(Shop.init(domain:)),
                limit: most.limit)
            let effects = try await admin.withClient { try await $0.effects(filter) }
            if output.json { return try output.print(json: effects) }
            print(EffectTables.list(effects).rendered(OutputOptions.style), terminator: "")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one effect: what it says, how far it got, and what to do about it.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var effect: EffectOptions

        func run() async throws {
            let detail = try await admin.withClient { try await $0.effect(under: effect.key.text) }
            if output.json { return try output.print(json: detail) }
            print(EffectTables.detail(detail, style: OutputOptions.style), terminator: "")
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry", abstract: "Send an effect again, under its key.",
            discussion: "For an unknown one: only after you have seen that the receiver does not have it.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var effect: EffectOptions

        func run() async throws {
            try await effect.decide(.retry, admin, output)
        }
    }

    struct Done: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "done", abstract: "Mark an effect as done: it has happened.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var effect: EffectOptions

        func run() async throws {
            try await effect.decide(.done, admin, output)
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "drop", abstract: "Give an effect up: it is not wanted any more.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var effect: EffectOptions

        func run() async throws {
            try await effect.decide(.drop, admin, output)
        }
    }
}

/// Which effect is meant.
struct EffectOptions: ParsableArguments {
    @Argument(help: "The effect's key, as `bellhop effects list` shows it.")
    var key: RecordID

    func decide(_ decision: EffectDecision, _ admin: AdminOptions, _ output: OutputOptions) async throws {
        let detail = try await admin.withClient { try await $0.decide(decision, onEffect: key.text) }
        if output.json { return try output.print(json: detail) }
        print("the effect is \(detail.summary.state.rawValue) now")
    }
}

extension EffectState.Name: ExpressibleByArgument {}
