import ArgumentParser
import Console
import InboxCore
import Terminal

/// Does with one effect what a person decided.
protocol EffectDecisionCommand: ServerCommand where Answer == EffectDetail {
    static var decision: EffectDecision { get }
    var effect: EffectOptions { get }
}

extension EffectDecisionCommand {
    func ask(_ server: AdminClient) async throws -> EffectDetail {
        try await server.decide(Self.decision, onEffect: effect.key.text)
    }

    func text(of detail: EffectDetail, style: Style) -> String {
        "the effect is \(detail.summary.state.rawValue) now\n"
    }
}

/// Which effect is meant.
struct EffectOptions: ParsableArguments {
    @Argument(help: "The effect's key, as `bellhop effects list` shows it.")
    var key: RecordID
}

extension EffectsCommand {
    struct Retry: EffectDecisionCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry", abstract: "Send an effect again, under its key.",
            discussion: "For an unknown one: only after you have seen that the receiver does not have it.")
        static let decision = EffectDecision.retry

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var effect: EffectOptions
    }

    struct Done: EffectDecisionCommand {
        static let configuration = CommandConfiguration(
            commandName: "done", abstract: "Mark an effect as done: it has happened.")
        static let decision = EffectDecision.done

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var effect: EffectOptions
    }

    struct Drop: EffectDecisionCommand {
        static let configuration = CommandConfiguration(
            commandName: "drop", abstract: "Give an effect up: it is not wanted any more.")
        static let decision = EffectDecision.drop

        @OptionGroup var admin: AdminOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var effect: EffectOptions
    }
}
