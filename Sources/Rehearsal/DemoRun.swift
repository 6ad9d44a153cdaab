package import Bellhop
package import BellhopConfiguration
import BellhopServer
package import BellhopTesting
import Cryptography
import Foundation
import HTTPTransport
import InboxCore
import Listener
package import Logging
import ModelClient
import ModelStandIn
package import Replay

/// Everything on this machine: a server on a SQLite file, models, and every sample delivered to it.
package struct DemoRun: Sendable {
    package struct Options: Sendable {
        package var settings: Settings
        package var subscriptions: [Subscription]
        package var handlers: [any WebhookHandler.Type]
        package var samples: [SampleFile]
        package var shop: Shop
        /// The stand-in's answers; `nil` asks the real providers of the settings.
        package var answers: CannedAnswers?
        /// Longest time until the inbox must be quiet.
        package var patience: Duration

        package init(
            settings: Settings, subscriptions: [Subscription], handlers: [any WebhookHandler.Type],
            samples: [SampleFile], shop: Shop, answers: CannedAnswers?, patience: Duration = .seconds(120)
        ) {
            self.settings = settings
            self.subscriptions = subscriptions
            self.handlers = handlers
            self.samples = samples
            self.shop = shop
            self.answers = answers
            self.patience = patience
        }
    }

    private let options: Options
    private let logger: Logger

    package init(_ options: Options, logger: Logger) {
        self.options = options
        self.logger = logger
    }

    /// Runs the demo and says what was seen. The data folder is removed at the end.
    ///
    /// - Parameter progress: called with the number of events that have come to rest, and of all.
    package func run(progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) async throws -> DemoReport {
        guard let answers = options.answers else {
            return try await run(on: options.settings.models, bill: nil, faults: [], progress: progress)
        }
        let faults = DemoFaults(models: options.settings.models)
        return try await StandInModels(answers: answers, faults: faults.rules).serving(
            options.settings.models, logger: logger
        ) { models, bill in
            try await run(on: models, bill: bill, faults: faults.descriptions, progress: progress)
        }
    }

    private func run(
        on models: ModelClientConfiguration, bill: Bill?, faults: [String],
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> DemoReport {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bellhop-demo-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = SigningSecret(UUID().uuidString)
        let serverOptions = Server.Options(
            settings: Settings(rehearsing: options.settings, on: models, in: folder),
            subscriptions: options.subscriptions, handlers: options.handlers,
            secrets: [SenderSecret(id: "demo", secret: secret)], adminToken: nil,
            // Made-up events must not reach anybody.
            deliversEffects: false)

        let (inboxes, hand) = AsyncStream.makeStream(of: (any Inbox).self)
        return try await withService(logger: logger) { ready in
            let server = try await Server.open(serverOptions, logger: logger, onReady: ready)
            hand.yield(server.inbox)
            return server
        } body: { (ports: Server.Ports) in
            guard let inbox = await inboxes.first(where: { _ in true }) else { throw CancellationError() }
            let visitor = DemoVisitor(
                samples: options.samples, shop: options.shop, secret: secret,
                url: "http://127.0.0.1:\(ports.webhooks)/webhooks")
            let visits = try await visitor.deliverAll()
            let isQuiet = try await quiet(inbox, progress: progress)
            return try await DemoJudge(
                visits: visits, boundTopics: Set(options.subscriptions.map(\.topic)), onPurpose: faults
            ).report(from: inbox, isQuiet: isQuiet, bill: bill?.statement)
        }
    }

    /// Waits until no event moves by itself any more.
    ///
    /// - Returns: `false` when patience ran out first.
    private func quiet(_ inbox: any Inbox, progress: @Sendable (Int, Int) -> Void) async throws -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + options.patience
        while clock.now < end {
            let counts = try await inbox.counts()
            let all = counts.jobs.values.reduce(0, +)
            progress(all - counts.pending, all)
            if counts.pending == 0 { return true }
            try await clock.sleep(for: .milliseconds(50))
        }
        return false
    }
}
