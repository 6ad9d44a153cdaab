import Bellhop
import Foundation
import HTTPCore
import InboxCore
import Logging
import ModelClient
import Synchronization
import Workers

/// Models that answer as a script says and remember what they were asked.
final class ScriptedModels: Transport {
    private let replies: Mutex<[TransportResponse]>
    private let asked = Mutex<[TransportRequest]>([])

    /// - Parameter replies: used up in order; the last one is repeated.
    init(_ replies: [TransportResponse]) {
        self.replies = Mutex(replies)
    }

    var requests: [TransportRequest] { asked.withLock { $0 } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        asked.withLock { $0.append(request) }
        return try replies.withLock { replies in
            guard let next = replies.first else {
                throw TransportError(.notConnected, "no reply is scripted", mayHaveBeenSent: false)
            }
            if replies.count > 1 { replies.removeFirst() }
            return next
        }
    }
}

extension TransportResponse {
    /// A completion with this text, for 100 prompt and 10 completion tokens at the given cost in dollars.
    static func completion(_ text: String, cost: String = "0.000012") -> TransportResponse {
        let content = String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
        return TransportResponse(
            status: 200,
            body: Data(
                """
                {"id":"gen-1","model":"cheap","choices":[{"index":0,"finish_reason":"stop",\
                "message":{"role":"assistant","content":\(content)}}],\
                "usage":{"prompt_tokens":100,"completion_tokens":10,"total_tokens":110,"cost":\(cost)}}
                """.utf8))
    }

    static let rateLimited = TransportResponse(
        status: 429, headers: [("Retry-After", "600")],
        body: Data(#"{"error":{"code":429,"message":"slow down"}}"#.utf8))

    static let unavailable = TransportResponse(
        status: 503, body: Data(#"{"error":{"code":503,"message":"down"}}"#.utf8))

    /// A failure behind the provider: nobody says whether it was billed.
    static let brokenGateway = TransportResponse(status: 502, body: Data("bad gateway".utf8))

    static let wrongKey = TransportResponse(
        status: 401, body: Data(#"{"error":{"code":401,"message":"no such key"}}"#.utf8))

    static let wrongRequest = TransportResponse(
        status: 400, body: Data(#"{"error":{"code":400,"message":"no such field"}}"#.utf8))
}

enum Fixture {
    static let now = Date(timeIntervalSince1970: 1_790_000_000)

    /// One cheap model without a fallback, and a premium one to compare with.
    static let models: ModelClientConfiguration = {
        let price = TokenPrice(dollarsPerMillion: 1)
        return ModelClientConfiguration(
            providers: [Provider(name: "test", baseURL: "http://models.example.com/v1", dialect: .openRouter)],
            models: [
                Model(name: "cheap", provider: "test", promptPrice: price, completionPrice: price),
                Model(
                    name: "premium", provider: "test", promptPrice: TokenPrice(dollarsPerMillion: 10),
                    completionPrice: TokenPrice(dollarsPerMillion: 20)),
            ],
            routing: RoutingMatrix(defaultModel: "cheap"),
            retries: RetryRules(
                rateLimit: .init(retries: 0, base: .zero), timeout: .init(retries: 0, base: .zero),
                unavailable: .init(retries: 0, base: .zero)),
            breaker: BreakerRules(failures: .max), quality: QualityRules(asksAgain: false), premiumModel: "premium")
    }()

    static func table(
        stage: Stage? = nil, model: String? = nil, redact: Set<PersonalData> = []
    ) throws -> HandlerTable {
        var table = HandlerTable()
        let settings: JSONValue = stage.map { ["stage": .string($0.name)] } ?? [:]
        let handler = try RegisteredHandler(
            Obedient.self, settings: settings, terms: SubscriptionTerms(modelOverride: model, redact: redact))
        table.bind(handler, to: "tests/run")
        return table
    }

    static func runner(
        _ transport: any Transport, table: HandlerTable, models: ModelClientConfiguration = Fixture.models,
        bounds: EventBounds = EventBounds(), maxAttempts: Int = 3, ledger: (any Ledger)? = nil,
        pauses: PauseRules = PauseRules(), guards: EventGuards = EventGuards(),
        builtIns: HandlerRunner.BuiltIns = [:],
        now: @escaping @Sendable () -> Date = { Fixture.now }
    ) -> HandlerRunner {
        HandlerRunner(
            handlers: table,
            client: FallbackClient(
                configuration: models, transport: transport, ledger: ledger, logger: Logger(label: "test"),
                time: TimeSource(uptime: { .zero }, date: now, sleep: { try await Task.sleep(for: $0) })),
            policy: RetryPolicy(maxAttempts: maxAttempts, base: .seconds(10), cap: .seconds(100)), bounds: bounds,
            pauses: pauses, pseudonym: { _ in "nobody" }, guards: guards, builtIns: builtIns, now: now,
            jitter: { 0.5 })
    }

    static func delivery(_ body: String, topic: Topic = "tests/run", webhookID: String = "w-1") throws -> Delivery {
        guard let shop = Shop(domain: "kelp-and-cotton.myshopify.com") else { throw CocoaError(.formatting) }
        return Delivery(
            sender: "shopify", shop: shop, topic: topic, webhookID: webhookID, body: Data(body.utf8),
            bodyHash: Data(count: 32), receivedAt: now)
    }

    static func claim(
        _ body: String, attempt: Int = 1, handler: String = "obedient", topic: Topic = "tests/run", job: Int64 = 1,
        beganAt: Date? = nil, steps: [JournaledStep] = [], charged: USD = .zero
    ) throws -> Claim {
        Claim(
            jobID: job, deliveryID: "d-\(job)", handlerID: handler, attempt: attempt, beganAt: beganAt, steps: steps,
            charged: charged,
            lease: Lease(token: 1, epoch: 1, expiresAt: now + 60), delivery: try delivery(body, topic: topic))
    }
}
