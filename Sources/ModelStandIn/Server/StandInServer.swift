package import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// A server on 127.0.0.1 that speaks the chat-completions protocol without a model behind it.
///
/// It serves `POST /v1/chat/completions` (also `/chat/completions` and `/api/v1/chat/completions`),
/// `GET /v1/models`, `GET /bill` and `GET /healthz`.
package struct StandInServer: Service {
    private let configuration: StandInConfiguration
    private let bill: Bill
    private let responder: Responder
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - now: the clock, for the times in answers.
    ///   - onRunning: called with the port once the server takes requests.
    package init(
        configuration: StandInConfiguration, bill: Bill, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() },
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.bill = bill
        self.logger = logger
        self.now = now
        self.onRunning = onRunning
        responder = Responder(configuration: configuration, bill: bill)
    }

    /// Serves until the service group shuts down.
    ///
    /// - Throws: when the port cannot be bound.
    package func run() async throws {
        let application = Application(
            router: router,
            server: .http1(configuration: .init(additionalChannelHandlers: [CloseWithClient()])),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: configuration.port)),
            onServerRunning: { channel in
                guard let port = channel.localAddress?.port else { return }
                await onRunning(port)
            },
            logger: logger)
        try await application.run()
    }

    private var router: Router<StandInContext> {
        let router = Router(context: StandInContext.self)
        for path in ["/v1/chat/completions", "/chat/completions", "/api/v1/chat/completions"] {
            router.post(RouterPath(path)) { request, context in
                try await complete(request, on: context.channel)
            }
        }
        let models = ModelList(prices: configuration.prices)
        router.get("/v1/models") { _, _ in try Response(json: models) }
        router.get("/bill") { _, _ in try Response(json: bill.statement) }
        router.get("/healthz") { _, _ in try Response(json: ["status": "ok"]) }
        return router
    }

    private func complete(_ request: Request, on channel: any Channel) async throws -> Response {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.longestBody)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge)
        }
        let outcome = responder.respond(
            to: Data(body.readableBytesView), authorization: request.headers[.authorization], now: now())
        if outcome.delay > .zero {
            try await Task.sleep(for: outcome.delay)
        }
        return try await Delivery(outcome: outcome, channel: channel, hangLimit: configuration.hangLimit).response()
    }

    /// In bytes.
    private static let longestBody = 16 << 20
}

extension Response {
    fileprivate init(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }
}
