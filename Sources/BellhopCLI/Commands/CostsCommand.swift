import ArgumentParser

struct CostsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "costs", abstract: "What models cost.",
        subcommands: [CostsReportCommand.self, CostsEstimateCommand.self])
}
