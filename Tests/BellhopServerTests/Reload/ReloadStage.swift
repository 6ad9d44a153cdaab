import BellhopConfiguration
import BellhopServer
import Foundation
import HTTPCore
import Logging
import ModelClient
import ServiceLifecycle
import ServiceTestSupport
import TestSupport

/// A reloader over a folder of its own, without doors.
struct ReloadStage {
    let folder: URL
    let live: LiveSetup
    let reloader: SetupReloader
    let log: RecordingLog
    let trigger: AsyncStream<ReloadTrigger>.Continuation

    static let config = """
        providers: { local: { url: "http://127.0.0.1:1/v1" } }
        models:
          small: { provider: local, price: { prompt: 0.1, completion: 0.4 } }
          large: { provider: local, price: { prompt: 3, completion: 15 } }
        routing:
          default: small

        """
    /// What the files may name.
    static let environment = ["ALERTS": "https://hooks.example.com/T0"]
    static let subscription = "topic: orders/create\nhandler: tagger\nsettings:\n  tag: old\n"

    /// Runs `body` while the reloader runs.
    ///
    /// - Parameter override: what the command line says.
    static func with(
        config: String = config, subscription: String = subscription,
        override: @escaping @Sendable (inout Settings) -> Void = { _ in },
        _ body: (ReloadStage) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with(["bellhop.yaml": config, "webhooks/a.yaml": subscription]) { folder in
            try await run(in: folder, override: override, body)
        }
    }

    private static func run(
        in folder: URL, override: @escaping @Sendable (inout Settings) -> Void,
        _ body: (ReloadStage) async throws -> Void
    ) async throws {
        let files = SetupFiles(
            config: folder.appending(path: "bellhop.yaml"), webhooks: folder.appending(path: "webhooks"),
            environment: environment, override: override)
        let read = await files.read()
        let settings = try files.settings(from: read)
        let checked = try Setup.Checked(
            settings: settings, subscriptions: read.subscriptions(), handlers: [Tagger.self])
        let log = RecordingLog()
        let live = LiveSetup(
            Setup(checked, client: FallbackClient(configuration: settings.models, transport: NoTransport())))
        let (triggers, trigger) = AsyncStream<ReloadTrigger>.makeStream()
        let reloader = SetupReloader(
            files: files, taken: read, started: settings, handlers: [Tagger.self], live: live, triggers: triggers,
            logger: log.logger)
        let services = ServiceGroup(
            services: [reloader], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            try await body(
                ReloadStage(folder: folder, live: live, reloader: reloader, log: log, trigger: trigger))
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    func write(config: String) throws {
        try Data(config.utf8).write(to: folder.appending(path: "bellhop.yaml"), options: .atomic)
    }

    func write(subscription: String, _ name: String = "a.yaml") throws {
        try Data(subscription.utf8).write(to: folder.appending(path: "webhooks/\(name)"), options: .atomic)
    }
}

/// Nobody is asked in these tests.
struct NoTransport: Transport {
    func send(_ request: TransportRequest) async throws -> TransportResponse {
        throw TransportError(.notConnected, "no transport", mayHaveBeenSent: false)
    }
}
