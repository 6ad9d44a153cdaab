import ArgumentParser
import BellhopConfiguration
import BellhopServer
import Handlers
import Terminal

struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "Show which models each kind of work goes to, as bellhop.yaml and webhooks/ resolve.",
        discussion: """
            Prices are dollars per million tokens, prompt and completion. Subscriptions that name a model or a data \
            policy of their own, budgets, emergency models and the data policies that take models out of a chain are \
            shown where there are any.
            """)

    @OptionGroup var setup: SetupOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let overview = RoutingOverview(
            try setup.settings(), subscriptions: try setup.anySubscriptions(), handlers: BuiltInHandlers.all)
        if output.json { return try output.print(json: overview) }
        print(RouteTables.text(overview, style: OutputOptions.style), terminator: "")
    }
}
