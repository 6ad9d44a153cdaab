package import Bellhop
package import Foundation
import Hummingbird
package import InboxCore
package import Logging
package import ModelClient
import NIOCore
import ServiceLifecycle

/// Where the private door listens, and what opens it.
package struct PrivateDoorConfiguration: Sendable {
    package var host: String
    /// 0 takes a free port.
    package var port: Int
    package var token: AdminToken

    package init(host: String = "127.0.0.1", port: Int = 8081, token: AdminToken) {
        self.host = host
        self.port = port
        self.token = token
    }
}

/// The door for those who run the server: the admin API, under a token.
package struct PrivateDoor: Service {
    private let configuration: PrivateDoorConfiguration
    private let api: AdminAPI
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - creditFee: per cent that buying credit costs, which reports of costs show apart; asked each time.
    ///   - privacy: what is told about erasures and customers' requests.
    ///   - bindings: which handlers an event without jobs is given when it is retried; asked each time.
    ///   - details: what else `GET /api/health` tells.
    ///   - refusals: what `GET /api/refusals` tells.
    ///   - reload: reads the configuration again; `nil` when it was not read from files.
    ///   - workers: run the handlers; `nil` where none do.
    ///   - onRunning: called with the port once connections are taken.
    package init(
        configuration: PrivateDoorConfiguration, inbox: any Inbox, effects: any EffectQueue, ledger: any Ledger,
        creditFee: @escaping @Sendable () -> Decimal = { 0 }, privacy: (any PrivacyStore)? = nil,
        bindings: @escaping @Sendable () -> TopicBindings,
        details: @escaping @Sendable () async -> JSONValue = { [:] },
        refusals: @escaping @Sendable () -> RefusalReport = { RefusalReport() },
        reload: (@Sendable () async -> ReloadOutcome)? = nil, workers: WorkerDesk? = nil, logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onRunning = onRunning
        api = AdminAPI(
            inbox: inbox, effects: effects, ledger: ledger, creditFee: creditFee, privacy: privacy, bindings: bindings,
            details: details, refusals: refusals, reload: reload, workers: workers)
    }

    /// Serves until graceful shutdown or cancellation.
    ///
    /// - Throws: ``PrivateDoorError`` when the token is empty; an error of the system when the port cannot be bound.
    package func run() async throws {
        guard !configuration.token.isEmpty else { throw PrivateDoorError() }
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: TokenMiddleware(token: configuration.token, logger: logger))
        api.addRoutes(to: router.group("api"))
        let onRunning = onRunning
        let application = Application(
            router: router,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
        try await application.run()
    }
}
