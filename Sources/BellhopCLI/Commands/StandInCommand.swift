import ArgumentParser
import BellhopConfiguration
import BellhopServer
import Foundation
import Logging
import ModelClient
import ModelStandIn
import Rehearsal
import ServiceLifecycle
import UnixSignals

struct StandInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stand-in",
        abstract: "Run a chat-completions server with canned answers and scripted faults.",
        discussion: """
            Point a provider's url in bellhop.yaml at http://127.0.0.1:PORT/v1. Costs follow the prices in \
            bellhop.yaml; GET /bill tells what the answers would have cost, and --bill writes it to a file, a line for \
            each request, before the request is answered.

            A fault is MODEL=FAULT, with * for every model, an argument after a colon, and how often it strikes: \
            --fault 'google/gemini-2.5-flash-lite=rate_limited:3600' --fault '*=server_error,times=2' \
            --fault '*=slow:500,share=0.1'

            --list-faults names all there are.
            """)

    @OptionGroup var setup: SetupOptions
    @OptionGroup var canned: AnswerOptions
    @OptionGroup var log: LogOptions

    @Flag(help: "Print the names of all faults and end.")
    var listFaults = false

    @Option(help: "The port on 127.0.0.1; 0 takes a free one.")
    var port = 8099

    @Option(
        help: ArgumentHelp("Something that goes wrong; may be given several times.", valueName: "model=fault"),
        transform: { try FaultRule(argument: $0) })
    var fault: [FaultRule] = []

    @Option(help: "How long every answer takes, in milliseconds.")
    var latency = 0

    @Option(help: "The kind of server to imitate.")
    var personality = Personality.openRouter

    @Option(help: ArgumentHelp("A file to add the bill to, as lines of JSON.", valueName: "file"))
    var bill: String?

    @Flag(help: "Refuse request fields that OpenAI does not know, and models without a price.")
    var strict = false

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
        guard (0...3_600_000).contains(latency) else {
            throw ValidationError("--latency goes from 0 to 3600000, an hour.")
        }
    }

    func run() async throws {
        if listFaults {
            print(Fault.names.filter { !Fault.streamNames.contains($0) }.joined(separator: "\n"))
            print("\nIn streams alone:\n" + Fault.streamNames.joined(separator: "\n"))
            return
        }
        let logger = log.logger("stand-in", otherwise: .info)
        let server = StandInServer(
            configuration: StandInConfiguration(
                port: port, personality: personality, answers: try canned.cannedAnswers(),
                prices: try setup.settings().models.prices, faults: fault, strict: strict,
                latency: .milliseconds(latency)),
            bill: Bill(file: try bill.map { try BillFile(path: $0) }), logger: logger,
            onRunning: { port in logger.info("ready", metadata: ["url": "http://127.0.0.1:\(port)/v1"]) })
        let services = ServiceGroup(
            services: [ListeningService(server, at: "127.0.0.1:\(port)", option: "--port")],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await services.run()
    }
}

extension Personality: ExpressibleByArgument {}
