import ArgumentParser
import BellhopConfiguration
import Terminal

struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "Show which models each kind of work goes to, as bellhop.yaml resolves.",
        discussion: """
            Prices are dollars per million tokens, prompt and completion. Budgets, emergency models and the data \
            policies that take models out of a chain are shown where there are any.
            """)

    @OptionGroup var setup: SetupOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let overview = RoutingOverview(try setup.settings())
        if output.json { return try output.print(json: overview) }
        print(RouteTables.text(overview, style: OutputOptions.style), terminator: "")
    }
}
