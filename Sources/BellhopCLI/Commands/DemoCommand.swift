import ArgumentParser
import Bellhop
import BellhopConfiguration
import Foundation
import Handlers
import Logging
import ModelStandIn
import Rehearsal
import Replay
import Terminal

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run everything on this machine: server, models, and every sample delivered to it.",
        discussion: """
            Needs no key and no network: stand-in models answer, one cheap model is rate-limited and \
            one premium model is down on purpose, so that fallbacks are seen. Exits with 1 if anything \
            came out other than expected. With --live the models of bellhop.yaml answer, for real money \
            (a few cents at the most).
            """)

    @OptionGroup var setup: SetupOptions
    @OptionGroup var canned: AnswerOptions
    @OptionGroup var sender: ShopOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The payloads to deliver.", valueName: "folder"))
    var samples = "samples"

    @Flag(help: "Ask the real models; needs the provider's key in the environment.")
    var live = false

    @OptionGroup var log: LogOptions

    func run() async throws {
        let settings = try setup.settings(live: live)
        let demo = DemoRun(
            DemoRun.Options(
                settings: settings, subscriptions: try setup.subscriptions(), handlers: BuiltInHandlers.all,
                samples: try SampleLibrary.load(paths: [samples]), shop: try sender.parsed(),
                answers: live ? nil : try canned.cannedAnswers()),
            logger: log.logger("demo", otherwise: .critical))
        let meter = Progress.meter("events")
        let report: DemoReport
        do {
            report = try await interruptible {
                try await demo.run { done, total in meter.update(done: done, total: total) }
            }
        } catch {
            meter.finish()
            throw error
        }
        meter.finish()
        if output.json {
            try output.print(json: report)
        } else {
            print(DemoTables.text(report, style: OutputOptions.style), terminator: "")
        }
        guard report.surprises.isEmpty else { throw ExitCode.failure }
    }
}
