import Bellhop
import Cryptography
import Foundation
import InboxCore
import Listener
import Testing

@Suite("What the door refuses", .timeLimit(.minutes(5)))
struct RefusingTests {
    private func expect(
        _ request: TestRequest, _ status: Int, _ reason: Refusal, secrets: [SenderSecret]? = nil,
        location: SourceLocation = #_sourceLocation
    ) async throws {
        try await RunningDoor.open(secrets: secrets) { door in
            let answer = try #require(try await door.answer(to: request), sourceLocation: location)
            #expect(answer.status == status, sourceLocation: location)
            #expect(answer.reason == reason.rawValue, sourceLocation: location)
            #expect(door.inbox.calls.isEmpty, sourceLocation: location)
            var counts = DoorCounts()
            counts.refused = [reason.rawValue: 1]
            counts.mostBytesInFlight = door.counters.counts.mostBytesInFlight
            #expect(door.counters.counts == counts, sourceLocation: location)
        }
    }

    // MARK: 401

    @Test("A request without a signature")
    func unsigned() async throws {
        try await expect(try .classic().without("x-shopify-hmac-sha256"), 401, .signatureMissing)
        try await expect(TestRequest(headers: [], body: Data()), 401, .signatureMissing)
    }

    @Test(
        "A signature that is none",
        arguments: [
            "", "x", "bm90IGEgc2lnbmF0dXJl", String(repeating: "A", count: 44), String(repeating: "0", count: 64),
        ])
    func malformed(value: String) async throws {
        try await expect(
            try .classic().setting("x-shopify-hmac-sha256", to: value), 401, .signatureMalformed)
    }

    @Test("Two signature headers, though one is right")
    func twoSignatures() async throws {
        let request = try TestRequest.classic()
        let signature = try MessageCode.signing(request.body, with: TestRequest.secret).base64
        try await expect(request.adding("x-shopify-hmac-sha256", signature), 401, .signatureMalformed)
    }

    @Test("A forged request changes nothing but a counter")
    func forged() async throws {
        try await expect(try .classic(secret: SigningSecret("another")), 401, .signatureWrong)
        try await expect(try .classic().with { $0.body[3] ^= 1 }, 401, .signatureWrong)
    }

    @Test("A forged request learns nothing about its other headers")
    func forgedAndIncomplete() async throws {
        try await expect(
            try .classic(secret: SigningSecret("another")).without("x-shopify-topic"), 401, .signatureWrong)
        try await expect(try .classic(body: Data(), secret: SigningSecret("another")), 401, .signatureWrong)
    }

    @Test("A secret that does not cover the shop")
    func scope() async throws {
        let other = try #require(Shop(domain: "another-shop.myshopify.com"))
        let own = SenderSecret(id: "one-shop", secret: TestRequest.secret, shops: .only([other]))
        try await expect(try .classic(), 401, .shopNotCovered, secrets: [own])
        try await RunningDoor.open(secrets: [own]) { door in
            try await door.expect(200, for: .classic(shop: other.domain))
        }
    }

    @Test(
        "A privacy request for another shop than its body names",
        arguments: [
            ("customers/data_request", #"{"shop_domain":"victim.myshopify.com"}"#),
            ("customers/redact", #"{"shop_domain":"victim.myshopify.com"}"#),
            ("shop/redact", #"{"shop_domain":"victim.myshopify.com"}"#),
            ("SHOP/REDACT", #"{"shop_domain":"victim.myshopify.com"}"#),
            ("app/uninstalled", #"{"domain":"x.example","myshopify_domain":"victim.myshopify.com"}"#),
        ])
    func mismatch(topic: String, body: String) async throws {
        try await expect(try .classic(topic, body: Data(body.utf8)), 401, .shopMismatch)
    }

    // MARK: 400

    @Test("An empty body, though signed")
    func emptyBody() async throws {
        try await expect(try .classic(body: Data()), 400, .bodyEmpty)
    }

    @Test(
        "A signed request without topic, shop or webhook id",
        arguments: [
            ("x-shopify-topic", Refusal.topicMissing), ("x-shopify-shop-domain", .shopMissing),
            ("x-shopify-webhook-id", .webhookIDMissing),
        ])
    func missing(header: String, reason: Refusal) async throws {
        try await expect(try .classic().without(header), 400, reason)
    }

    @Test("An event without its action")
    func eventWithoutAction() async throws {
        try await expect(try .event().without("shopify-action"), 400, .topicMissing)
    }

    @Test(
        "A signed request whose topic, shop or webhook id is none",
        arguments: [
            ("x-shopify-topic", "orders", Refusal.topicInvalid), ("x-shopify-topic", "orders/", .topicInvalid),
            ("x-shopify-topic", "orders/cre ate", .topicInvalid), ("x-shopify-topic", "orders/é", .topicInvalid),
            ("x-shopify-topic", "orders/" + String(repeating: "x", count: 200), .topicInvalid),
            ("x-shopify-shop-domain", "no-dots", .shopInvalid),
            ("x-shopify-shop-domain", "shop.example/../x", .shopInvalid),
            ("x-shopify-webhook-id", "", .webhookIDInvalid), ("x-shopify-webhook-id", "a b", .webhookIDInvalid),
            ("x-shopify-webhook-id", String(repeating: "x", count: 201), .webhookIDInvalid),
        ])
    func invalid(header: String, value: String, reason: Refusal) async throws {
        try await expect(try .classic().setting(header, to: value), 400, reason)
    }

    @Test(
        "A signed request that says who it is twice",
        arguments: ["x-shopify-topic", "x-shopify-shop-domain", "x-shopify-webhook-id", "x-shopify-event-id"])
    func repeated(header: String) async throws {
        try await expect(try .classic().adding(header, "orders/paid"), 400, .headerRepeated)
    }

    // MARK: 404, 405

    @Test(
        "Any other path",
        arguments: [
            "/", "/webhooksX", "/webhook", "/WEBHOOKS", "/webhooks/../x", "/webhooks/..", "/webhooks/./x",
            "/webhooks//x", "/webhooks/%2e%2e/x", "/webhooks%2f", "/webhooks/a\\b", "//webhooks", "/healthz/",
            "/x?/webhooks",
        ])
    func otherPath(target: String) async throws {
        try await expect(try .classic().with { $0.target = target }, 404, .notFound)
    }

    @Test(
        "Paths below /webhooks, with a query or without",
        arguments: ["/webhooks/", "/webhooks/a/b.c", "/webhooks?x=/../y"])
    func ownPath(target: String) async throws {
        try await RunningDoor.open { door in
            try await door.expect(200, for: .classic().with { $0.target = target })
        }
    }

    @Test("Any other method", arguments: ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
    func otherMethod(method: String) async throws {
        try await RunningDoor.open { door in
            let answer = try #require(try await door.answer(to: .classic().with { $0.method = method }))
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == "POST")
            let health = try #require(try await door.answer(to: .get("/healthz", method: "POST")))
            #expect(health.status == 405)
            #expect(health.headers["allow"] == "GET, HEAD")
            #expect(door.inbox.calls.isEmpty)
        }
    }

    // MARK: 503

    @Test(
        "What cannot be stored is answered 503, never 200",
        arguments: [
            (InboxError.Code.storage, Refusal.storageFailed), (.overloaded, .overloaded), (.closed, .stopping),
            (.locked, .storageFailed),
        ])
    func inboxFails(code: InboxError.Code, reason: Refusal) async throws {
        let inbox = RecordingInbox { _ in throw InboxError(code, "for the test") }
        try await RunningDoor.open(inbox: inbox) { door in
            let answer = try #require(try await door.answer(to: .classic()))
            #expect(answer.status == 503)
            #expect(answer.reason == reason.rawValue)
            #expect(answer.headers["retry-after"] != nil)
            #expect(door.counters.counts.accepted == 0)
        }
    }

    @Test("An error of another kind is a 503 as well")
    func unknownError() async throws {
        try await RunningDoor.open(inbox: RecordingInbox { _ in throw CancellationError() }) { door in
            try await door.expect(503, for: .classic())
        }
    }

    @Test("An answer repeats nothing of the request", arguments: [400, 401])
    func noEcho(status: Int) async throws {
        let marker = "zoe-brandt-31415"
        let request =
            status == 400
            ? try TestRequest.classic().setting("x-shopify-topic", to: marker)
            : try TestRequest.classic(shop: marker + ".example", secret: SigningSecret(marker))
        try await RunningDoor.open { door in
            let answer = try #require(try await door.answer(to: request))
            #expect(answer.status == status)
            #expect(!answer.text.contains(marker))
            #expect(answer.headers.values.allSatisfy { !$0.contains(marker) })
        }
    }
}
