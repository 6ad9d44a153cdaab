import Bellhop
import Cryptography
import Foundation
import InboxCore
import Listener
import Testing

@Suite("Secrets at the door", .timeLimit(.minutes(5)))
struct SecretsTests {
    @Test("During a rotation both secrets are taken, and the counters tell which vouched")
    func rotation() async throws {
        let new = SigningSecret("new")
        let old = SigningSecret("old")
        let secrets = [SenderSecret(id: "app", secret: new), SenderSecret(id: "app-previous", secret: old)]
        try await RunningDoor.open(secrets: secrets) { door in
            for secret in [new, old, old] {
                try await door.expect(200, for: .classic(secret: secret))
            }
            let third = try await door.answer(to: .classic(secret: SigningSecret("older still")))
            #expect(third?.status == 401)
            #expect(door.counters.counts.vouchedBy == [new.fingerprint: 1, old.fingerprint: 2])
        }
    }

    @Test("One secret cannot speak for the shop of another")
    func scopes() async throws {
        let a = try #require(Shop(domain: "a.myshopify.com"))
        let b = try #require(Shop(domain: "b.myshopify.com"))
        let secretA = SigningSecret("of a")
        let secretB = SigningSecret("of b")
        let secrets = [
            SenderSecret(id: "a", secret: secretA, shops: .only([a])),
            SenderSecret(id: "b", secret: secretB, shops: .only([b])),
        ]
        try await RunningDoor.open(secrets: secrets) { door in
            try await door.expect(200, for: .classic(shop: a.domain, secret: secretA))
            try await door.expect(200, for: .classic(shop: b.domain, secret: secretB))
            #expect(try await door.answer(to: .classic(shop: b.domain, secret: secretA))?.reason == "shop_not_covered")
            #expect(try await door.answer(to: .classic(shop: a.domain, secret: secretB))?.reason == "shop_not_covered")
        }
    }

    /// Anybody may have a body hashed; with a secret for each shop, a large one would be hashed as often.
    @Test("A large body is tried only with the secrets of its shop")
    func largeBodies() async throws {
        let a = try #require(Shop(domain: "a.myshopify.com"))
        let b = try #require(Shop(domain: "b.myshopify.com"))
        let secretA = SigningSecret("of a")
        let any = SigningSecret("of any")
        let secrets = [
            SenderSecret(id: "a", secret: secretA, shops: .only([a])), SenderSecret(id: "any", secret: any),
        ]
        let body = Data(repeating: 0x61, count: 300 << 10)
        try await RunningDoor.open(secrets: secrets) { door in
            try await door.expect(200, for: .classic(shop: a.domain, body: body, secret: secretA))
            try await door.expect(200, for: .classic(shop: b.domain, body: body, secret: any))
            let other = try await door.answer(to: .classic(shop: b.domain, body: body, secret: secretA))
            #expect(other?.reason == "signature_wrong")
            let none = try await door.answer(
                to: .classic(body: body, secret: any).without("x-shopify-shop-domain"))
            #expect(none?.reason == "shop_missing")
        }
    }

    @Test("One secret listed for two shops speaks for both")
    func sharedSecret() async throws {
        let shops = ["a.myshopify.com", "b.myshopify.com"].compactMap { Shop(domain: $0) }
        let secrets = shops.map { SenderSecret(id: $0.domain, secret: TestRequest.secret, shops: .only([$0])) }
        try await RunningDoor.open(secrets: secrets) { door in
            for shop in shops {
                try await door.expect(200, for: .classic(shop: shop.domain))
            }
        }
    }

    @Test(
        "A privacy request whose body names its shop is taken",
        arguments: [
            ("customers/redact", #"{"shop_domain":"Kelp-and-Cotton.myshopify.com"}"#),
            ("customers/data_request", #"{"shop_domain":"kelp-and-cotton.myshopify.com","data_request":{"id":1}}"#),
            ("shop/redact", #"{"shop_id":1,"shop_domain":"kelp-and-cotton.myshopify.com"}"#),
            ("app/uninstalled", #"{"myshopify_domain":"kelp-and-cotton.myshopify.com"}"#),
        ])
    func agreeing(topic: String, body: String) async throws {
        try await RunningDoor.open { door in
            try await door.expect(200, for: .classic(topic, body: Data(body.utf8)))
            #expect(door.inbox.calls.count == 1)
            #expect(door.inbox.calls.first?.holdReason == nil)
        }
    }

    /// Headers are not signed: a body that was captured on its way to another topic must not erase a shop.
    @Test(
        "A privacy request whose body does not prove it is kept and held, and nothing is done",
        arguments: [
            ("shop/redact", #"{"id":6021473918231,"customer":{"id":7431182034199}}"#),
            ("customers/redact", #"{"id":6021473918231,"customer":{"id":7431182034199}}"#),
            ("customers/redact", #"{"myshopify_domain":"kelp-and-cotton.myshopify.com"}"#),
            ("app/uninstalled", #"{"domain":"kelpandcotton.example","myshopify_domain":null}"#),
            ("app/uninstalled", #"{"shop_domain":"kelp-and-cotton.myshopify.com"}"#),
            ("shop/redact", #"{"shop_domain":12}"#), ("shop/redact", #"{"shop_domain":null}"#),
            ("shop/redact", "[]"), ("shop/redact", "{\"shop_domain\":"), ("customers/data_request", "{}"),
            ("shop/redact", #"{"shop_domain":"kelp-and-cotton.myshopify.com","customer":{"id":7431182034199}}"#),
            (
                "customers/redact",
                #"{"shop_domain":"kelp-and-cotton.myshopify.com","customer":{"id":1},"data_request":{"id":1}}"#
            ),
        ])
    func unproven(topic: String, body: String) async throws {
        try await RunningDoor.open { door in
            try await door.expect(200, for: .classic(topic, body: Data(body.utf8)))
            let call = try #require(door.inbox.calls.first)
            #expect(call.delivery.topic.rawValue == topic)
            #expect(call.holdReason?.contains("headers are not signed") == true)
        }
    }

    @Test("In other topics the body's shop is not looked at")
    func otherTopics() async throws {
        let body = Data(#"{"shop_domain":"victim.myshopify.com"}"#.utf8)
        try await RunningDoor.open { door in
            try await door.expect(200, for: .classic(body: body))
            #expect(door.inbox.calls.first?.holdReason == nil)
        }
    }
}
