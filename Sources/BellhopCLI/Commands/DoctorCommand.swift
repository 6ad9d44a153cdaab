import ArgumentParser
import BellhopConfiguration
import Doctor
import HTTPTransport
import Handlers
import Terminal

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the configuration, the secrets, the data folder, the providers and the models.",
        discussion: """
            Asks each provider for its list of models, which costs nothing. With --probe the cheapest model of each \
            provider is asked a tiny question twice, for real money (far below a cent). Exits with 1 if a check fails.
            """)

    @OptionGroup var setup: SetupOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Ask a model of each provider a tiny question, whole and streamed.")
    var probe = false

    @Option(help: ArgumentHelp("The folder where events are kept, as `bellhop serve` has it.", valueName: "folder"))
    var data: String?

    func run() async throws {
        let style = OutputOptions.style
        let findings = try await withTransport { transport in
            let examination = Examination(
                files: ConfigurationFiles(config: setup.configURL, webhooks: setup.webhooksURL),
                environment: setup.environment, handlers: BuiltInHandlers.all, dataFolder: data,
                transport: transport, probes: probe)
            var findings: [Finding] = []
            await examination.run { found in
                findings += found
                if !output.json { print(FindingText.lines(of: found, style: style), terminator: "") }
            }
            return findings
        }
        if output.json {
            try output.print(json: findings)
        } else {
            print(FindingText.summary(of: findings, style: style))
        }
        guard !findings.contains(where: { $0.status == .fail }) else { throw ExitCode.failure }
    }
}
