package import Foundation
import HummingbirdCore
package import InboxCore
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The door that senders knock on: `POST /webhooks`, and `GET /healthz` for those who watch it.
///
/// A 200 means that the delivery is on stable storage. On graceful shutdown no connection is taken any more, requests
/// in flight are finished, and `run()` returns when the last connection is closed.
package struct PublicDoor: Service {
    private let configuration: DoorConfiguration
    private let intake: Intake
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - bindings: which handlers a topic goes to now, asked for each delivery; a topic without any is stored all the
    ///     same.
    ///   - now: the time at which a delivery counts as received.
    ///   - onRunning: called with the port once connections are taken.
    package init(
        configuration: DoorConfiguration, inbox: any Inbox, bindings: @escaping @Sendable () -> TopicBindings,
        counters: DoorCounters,
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onRunning = onRunning
        intake = Intake(
            inbox: inbox, bindings: bindings, secrets: TrustedSecrets(configuration.secrets), counters: counters,
            now: now, logger: logger)
    }

    /// Serves until graceful shutdown or cancellation.
    ///
    /// - Throws: when the port cannot be bound.
    package func run() async throws {
        let stopping = StopFlag()
        let server = server(
            DoorResponder(
                intake: intake, limits: configuration.limits, counters: intake.counters, stopping: stopping))
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask { await reportRefusals() }
                defer { group.cancelAll() }
                try await group.next()
            }
        } onGracefulShutdown: {
            stopping.set()
        }
    }

    /// Tells the log every ten seconds how many requests were refused and why, until cancelled: a wrong secret must not
    /// look like a quiet day.
    private func reportRefusals() async {
        var digest = RefusalDigest()
        var isCancelled = false
        while !isCancelled {
            isCancelled = (try? await Task.sleep(for: .seconds(10))) == nil
            for (reason, count) in digest.news(in: intake.counters.counts).sorted(by: { $0.key < $1.key }) {
                logger.notice("requests refused", metadata: ["reason": "\(reason)", "count": "\(count)"])
            }
        }
    }

    /// Hummingbird's server without its `Application`: here every microsecond of a request counts, and there is
    /// nothing to route.
    private func server(_ responder: DoorResponder) -> Server<HTTP1Channel> {
        let limits = configuration.limits
        let counters = intake.counters
        let onRunning = onRunning
        return Server(
            childChannelSetup: HTTP1Channel(
                responder: { request, writer, _ in try await responder.respond(to: request, writer) },
                configuration: .init(
                    additionalChannelHandlers: [ConnectionGuard(limits: limits, counters: counters)],
                    idleTimeout: TimeAmount(limits.idleTime),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                        maxHeaderFieldCount: limits.headerFields))),
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: logger)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    }
}
