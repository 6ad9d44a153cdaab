import ArgumentParser
import BellhopConfiguration
import CostEstimate
import Foundation
import ModelClient

struct CostsEstimateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "estimate",
        abstract: "What a workload would cost: one model for everything against the routing matrix.",
        discussion: """
            Reads a workload (see docs/costs.md) and counts its tokens at the prices of bellhop.yaml, per day, month \
            and year. Where the workload says what a source claims, the claims are held against the prices that the \
            source states. Only the first model of each chain is counted, and no retries.
            """)

    @OptionGroup var setup: SetupOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The workload, a YAML file such as samples/workloads/daily.yaml.")
    var workload: String

    @Option(help: "The one model to compare with, instead of premium_model in bellhop.yaml.")
    var single: String?

    @Option(help: "How many days a month has, 1 to 31.")
    var monthDays = 30

    @Option(help: "The provider's fee for buying credit in percent, shown apart, instead of budgets.credit_fee.")
    var fee: String?

    func validate() throws {
        guard (1...31).contains(monthDays) else { throw ValidationError("--month-days goes from 1 to 31.") }
        if let fee, CreditFee(percent: fee) == nil {
            throw ValidationError("--fee takes a percentage from 0 to 100, such as 5.5.")
        }
    }

    func run() async throws {
        let models = try setup.settings().models
        let estimate = try Estimate(
            of: WorkloadReader.read(URL(fileURLWithPath: workload)), at: models, single: single,
            daysOfAMonth: monthDays)
        let named = fee.flatMap(CreditFee.init(percent:)) ?? CreditFee(models.budgets)
        let fee = named.isNothing ? nil : named
        if output.json { return try output.print(json: EstimateData(estimate, fee: fee)) }
        print(EstimateTables.text(estimate, fee: fee, style: OutputOptions.style), terminator: "")
    }
}
