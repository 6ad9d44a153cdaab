import ArgumentParser
import Bellhop
import BellhopConfiguration
import BellhopServer
import Foundation
import HTTPTransport
import Handlers
import Logging
import ModelClient
import ModelStandIn
import Rehearsal
import Replay
import Terminal
import Workers

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Sign sample payloads and deliver them to a running server, as Shopify would.",
        discussion: """
            A sample's topic is read from its path: samples/orders/create/x.json is orders/create. \
            The server's port, and the variable with the secret that speaks for --shop, are those of bellhop.yaml; \
            without any, port 8080 and SHOPIFY_API_SECRET. Of several secrets the first is taken. \
            Exits with 1 when a delivery was not answered as a correct server answers it. Ctrl-C ends it early, with \
            the figures until then.

            --dry-run needs no server: it runs the handlers in this process on stand-in models and \
            shows the effects.
            """)

    @OptionGroup var setup: SetupOptions
    @OptionGroup var canned: AnswerOptions
    @OptionGroup var sender: ShopOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("Payload files, or folders of them.", valueName: "path"))
    var paths: [String]

    @Option(help: "The topic of all payloads, instead of what their paths say.")
    var topic: String?

    @Option(
        help: ArgumentHelp(
            "Where the server takes webhooks. When left out: at the address of this machine that bellhop.yaml names.",
            valueName: "url"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            "The environment variable that holds the signing secret. When left out: the one that bellhop.yaml names for "
                + "the shop.", valueName: "name"))
    var secretEnv: String?

    @Option(name: .customLong("repeat"), help: "How often each payload is sent, each time as a new event.")
    var repeats = 1

    @Option(help: "Deliveries under way at once.")
    var concurrency = 16

    @Option(help: "Deliveries a second; as fast as they are answered when left out.")
    var rate: Double?

    @Option(help: ArgumentHelp("The share of deliveries sent twice, 0 to 1.", valueName: "share"))
    var duplicates = 0.0

    @Option(help: ArgumentHelp("The share of deliveries with a wrong signature, 0 to 1.", valueName: "share"))
    var forge = 0.0

    @Flag(help: "Use ids that follow from the files, so that a second replay is all duplicates.")
    var stableIds = false

    @Option(help: "Makes the choice of ids, duplicates and forgeries repeatable.")
    var seed: UInt64?

    @Option(help: ArgumentHelp("A file for each delivery and its answer, as lines of JSON.", valueName: "file"))
    var record: String?

    @Flag(help: "Run the handlers in this process and show their effects; nothing is sent or stored.")
    var dryRun = false

    @Flag(help: "With --dry-run: ask the real models of bellhop.yaml instead of the stand-in.")
    var live = false

    @OptionGroup var log: LogOptions

    func validate() throws {
        guard (1...1_000_000).contains(repeats), (1...10_000).contains(concurrency) else {
            throw ValidationError("--repeat goes from 1 to 1000000, --concurrency from 1 to 10000.")
        }
        if let rate, !(0.001...1_000_000).contains(rate) {
            throw ValidationError("--rate goes from 0.001 to 1000000.")
        }
        if let to, !Self.isAddress(to) {
            throw ValidationError("--to takes an address such as http://127.0.0.1:8080/webhooks.")
        }
        guard (0...1).contains(duplicates), (0...1).contains(forge) else {
            throw ValidationError("--duplicates and --forge take a share from 0 to 1.")
        }
        if record != nil, dryRun { throw ValidationError("--record is about deliveries; --dry-run makes none.") }
        if live, !dryRun { throw ValidationError("--live goes with --dry-run.") }
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let url = URL(string: text), let scheme = url.scheme else { return false }
        return ["http", "https"].contains(scheme) && url.host != nil
    }

    func run() async throws {
        let samples = try SampleLibrary.load(paths: paths, topic: topic.map(Topic.init(rawValue:)))
        if dryRun { return try await rehearse(samples) }
        try await deliver(samples)
    }
}

extension ReplayCommand {
    private func deliver(_ samples: [SampleFile]) async throws {
        let shop = try sender.parsed()
        let target = try ReplayTarget(for: shop, setup: setup, address: to, secretVariable: secretEnv)
        let plan = ReplayPlan(
            samples: samples, shop: shop, secret: target.secret, repeats: repeats, duplicates: duplicates,
            forgeries: forge,
            ids: stableIds ? .stable : .fresh, seed: seed ?? .random(in: .min ... .max))
        let file = try record.map { try ReplayRecordFile(path: $0) }
        let summary = try await interruptible { try await send(plan, to: target, recording: file) }
        try await file?.close()
        if output.json {
            try output.print(json: summary)
        } else {
            print(ReplayTables.text(summary, style: OutputOptions.style), terminator: "")
        }
        if summary.failed["not_connected"] == summary.sent {
            throw CommandError(
                "no server answers at \(target.url); start it with `bellhop serve`, or name another with --to")
        }
        if summary.isCancelled { throw ExitCode.interrupted }
        guard summary.unexpected == 0 else {
            let advice = summary.advice(signedWith: target.variable)
            throw advice.isEmpty ? ExitCode.failure : CommandError(advice.joined(separator: "\n"))
        }
    }

    /// - Returns: what came of the deliveries, also of those until it was cancelled.
    private func send(
        _ plan: ReplayPlan, to target: ReplayTarget, recording file: ReplayRecordFile?
    ) async throws -> ReplaySummary {
        let meter = Progress.meter("deliveries")
        defer { meter.finish() }
        return try await withTransport { transport in
            try await ReplayRunner(transport: transport, url: target.url, concurrency: concurrency, rate: rate).run(
                plan, progress: { done, total in meter.update(done: done, total: total) },
                ended: { file?.append($0) })
        }
    }

    private func rehearse(_ samples: [SampleFile]) async throws {
        let settings = try setup.settings(live: live)
        let logger = log.logger("dry-run", otherwise: .critical)
        let handlers = try HandlerTable(
            try setup.subscriptions(), handlers: BuiltInHandlers.all, models: settings.models,
            destinations: Set(settings.destinations.keys))
        let bounds = EventBounds(deadline: settings.events.deadline, maxTokens: settings.events.maxTokens)
        let shop = try sender.parsed()
        let dryRun: @Sendable (ModelClientConfiguration) async throws -> DryRun.Report = { models in
            try await withTransport { transport in
                try await DryRun(
                    handlers: handlers, models: models, bounds: bounds, shop: shop, transport: transport,
                    logger: logger
                ).run(samples)
            }
        }
        let report: DryRun.Report
        if live {
            report = try await dryRun(settings.models)
        } else {
            report = try await StandInModels(answers: try canned.cannedAnswers()).serving(
                settings.models, logger: logger
            ) { models, _ in try await dryRun(models) }
        }
        if output.json {
            try output.print(
                json: report.rehearsed.map { RehearsalTables.Row($0) }
                    + report.unbound.map { RehearsalTables.Row(unbound: $0) })
        } else {
            if !live { print(RehearsalTables.standInNotice(answers: canned.answers)) }
            print(RehearsalTables.text(report, style: OutputOptions.style), terminator: "")
        }
        guard !report.rehearsed.isEmpty else {
            throw CommandError("nothing was run: no handler is bound to the topics of these samples; see webhooks/")
        }
        guard report.rehearsed.allSatisfy(\.isDone) else { throw ExitCode.failure }
    }
}
