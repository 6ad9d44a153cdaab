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

    struct List: ServerCommand {
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

        func ask(_ server: AdminClient) async throws -> [EffectSummary] {
            try await server.effects(
                EffectFilter(
                    states: Set(state), kind: kind, destination: destination,
                    shop: shop.flatMap(Shop.init(domain:)), limit: most.limit))
        }

        func text(of effects: [EffectSummary], style: Style) -> String {
            EffectTables.list(effects).rendered(style)
        }
    }

    struct Show: ServerCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one effect: what it says, how far it got, and what to do about it.")

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var effect: EffectOptions

        func ask(_ server: AdminClient) async throws -> EffectDetail {
            try await server.effect(under: effect.key.text)
        }

        func text(of detail: EffectDetail, style: Style) -> String {
            EffectTables.detail(detail, style: style)
        }
    }
}

extension EffectState.Name: ExpressibleByArgument {}
