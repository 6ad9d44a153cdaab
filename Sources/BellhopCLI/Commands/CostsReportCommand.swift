import ArgumentParser
import Console
import CostEstimate
import Foundation
import ModelClient
import Terminal

struct CostsReportCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "What was spent, as a running server recorded it.",
        discussion: """
            Talks to the private door; set BELLHOP_ADMIN_TOKEN as for the server. A cost belongs to the day in which \
            its request was sent, in the time zone of the budgets.
            """)

    @OptionGroup var admin: AdminOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "What costs are added up by, at most \(CostQuery.Dimension.atMost) with commas: "
                + "\(CostQuery.Dimension.words).", valueName: "words"))
    var by = CostGrouping(dimensions: [.model])

    @Option(help: ArgumentHelp("The first day; the first there is when left out.", valueName: "yyyy-mm-dd"))
    var from: BudgetDay?

    @Option(help: ArgumentHelp("The last day; the last there is when left out.", valueName: "yyyy-mm-dd"))
    var to: BudgetDay?

    @Option(help: "The provider's fee for buying credit in percent, shown apart; budgets.credit_fee unless given.")
    var fee: String?

    func validate() throws {
        if let fee, CreditFee(percent: fee) == nil {
            throw ValidationError("--fee takes a percentage from 0 to 100, such as 5.5.")
        }
        if let from, let to, from > to { throw ValidationError("--from must not be later than --to.") }
    }

    func ask(_ server: AdminClient) async throws -> CostReport {
        var report = try await server.costs(from: from, to: to, by: by.dimensions)
        if let fee = fee.flatMap(CreditFee.init(percent:)) { report.charge(fee.percent) }
        return report
    }

    func text(of report: CostReport, style: Style) -> String {
        CostTables.text(report, style: style)
    }
}
