package import Foundation
import HTTPTypes
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
import Vocabulary

/// A server on 127.0.0.1 that speaks the chat-completions protocol without a model behind it.
///
/// It serves `POST /v1/chat/completions` and `GET /v1/models`, as OpenRouter also `GET /v1/generation` and
/// `GET /v1/key`, all of them under `/api/v1` and without a prefix too, and `GET /bill` and `GET /healthz`.
package struct StandInServer: Service {
    /// What can be changed and counted while the server runs.
    package let controls: StandInControls
    private let configuration: StandInConfiguration
    private let bill: Bill
    private let responder: Responder
    private let account: Account
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - faults: what goes wrong in place of the configuration's faults.
    ///   - now: the clock, for the times in answers.
    ///   - onRunning: called with the port once the server takes requests.
    package init(
        configuration: StandInConfiguration, bill: Bill, faults: FaultSwitch? = nil, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() },
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.bill = bill
        self.logger = logger
        self.now = now
        self.onRunning = onRunning
        controls = StandInControls(configuration, faults: faults)
        responder = Responder(configuration: configuration, controls: controls, bill: bill)
        account = Account(bill: bill, keyLimit: configuration.keyLimit, delay: configuration.generationDelay)
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
        for prefix in ["/v1", "/api/v1", ""] {
            addEndpoints(to: router, under: prefix)
        }
        router.get("/bill") { _, _ in try Response(json: bill.statement) }
        router.get("/healthz") { _, _ in try Response(json: ["status": "ok"]) }
        return router
    }

    private func addEndpoints(to router: Router<StandInContext>, under prefix: String) {
        let hasAccount = configuration.personality.traits.hasAccount
        router.post(RouterPath("\(prefix)/chat/completions")) { request, context in
            try await complete(request, on: context.channel)
        }
        router.get(RouterPath("\(prefix)/models")) { _, _ in
            try Response(json: ModelList(prices: controls.prices.listed, showsOffers: hasAccount).json)
        }
        guard hasAccount else { return }
        router.get(RouterPath("\(prefix)/generation")) { request, _ in
            try authorized(request) { () throws(APIError) in
                try account.generation(id: request.uri.queryParameters["id"].map { String($0) })
            }
        }
        router.get(RouterPath("\(prefix)/key")) { request, _ in
            try authorized(request) { account.key }
        }
    }

    private func complete(_ request: Request, on channel: any Channel) async throws -> Response {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.longestBody)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge)
        }
        let (outcome, entry) = responder.respond(
            to: Data(body.readableBytesView), authorization: request.headers[.authorization], now: now())
        do {
            // Before the first byte leaves: who reads the file after the client was killed finds all that was charged.
            try await bill.file?.append(entry)
        } catch {
            logger.error("bill not written", metadata: ["error": "\(error)"])
            throw HTTPError(.internalServerError, message: "The bill cannot be written.")
        }
        return try await Delivery(
            outcome: outcome, connection: Connection(channel: channel), hangLimit: configuration.hangLimit
        ).response()
    }

    /// Answers whoever has the key.
    private func authorized(_ request: Request, _ body: () throws(APIError) -> JSONValue) throws -> Response {
        let json: JSONValue
        do throws(APIError) {
            try responder.authorize(request.headers[.authorization])
            json = try body()
        } catch {
            return try Response(
                json: configuration.personality.traits.errorShape.body(of: error), status: .init(code: error.status))
        }
        return try Response(json: json)
    }

    /// In bytes.
    private static let longestBody = 16 << 20
}
