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
    private let books: DoorBooks
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - bindings: which handlers a topic goes to now, asked for each delivery; a topic without any is stored all the
    ///     same.
    ///   - refusals: learns at the start which shops deliveries have been accepted from.
    ///   - now: the time at which a delivery counts as received.
    ///   - onRunning: called with the port once connections are taken.
    package init(
        configuration: DoorConfiguration, inbox: any Inbox, bindings: @escaping @Sendable () -> TopicBindings,
        counters: DoorCounters, refusals: RefusalLedger = RefusalLedger(),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onRunning = onRunning
        intake = Intake(
            inbox: inbox, bindings: bindings, secrets: TrustedSecrets(configuration.secrets), counters: counters,
            refusals: refusals, now: now, logger: logger)
        books = DoorBooks(
            counters: counters, refusals: refusals,
            callers: Callers(limits: configuration.limits, proxies: configuration.trustedProxies),
            bodies: HeldBodies(limits: configuration.limits, counters: counters))
    }

    /// Serves until graceful shutdown or cancellation.
    ///
    /// - Throws: when the port cannot be bound.
    package func run() async throws {
        let stopping = StopFlag()
        let server = server(
            DoorResponder(
                intake: intake, limits: configuration.limits, books: books, stopping: stopping))
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask {
                    await learnShops()
                    await reportRefusals()
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        } onGracefulShutdown: {
            stopping.set()
        }
    }

    /// Learns which shops there are, for the alarm: those that secrets are bound to and those of the last events. If
    /// the inbox cannot say, they are learnt as they deliver.
    private func learnShops() async {
        for case .only(let shops) in configuration.secrets.map(\.shops) { books.refusals.know(shops) }
        if let events = try? await intake.inbox.list(EventFilter(limit: 1000)) {
            books.refusals.know(events.map(\.shop))
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
        let books = books
        let onRunning = onRunning
        return Server(
            childChannelSetup: HTTP1Channel(
                responder: { request, writer, channel in
                    try await responder.respond(to: request, writer, from: channel.remoteAddress)
                },
                configuration: .init(
                    additionalChannelHandlers: [ConnectionGuard(limits: limits, books: books)],
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                        maxHeaderFieldCount: limits.headerFields))),
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    }
}
