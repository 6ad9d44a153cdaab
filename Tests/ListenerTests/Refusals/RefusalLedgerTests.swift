import Bellhop
import Cryptography
import Foundation
import InboxCore
import Listener
import Synchronization
import Testing

@Suite("What is remembered of refusals", .timeLimit(.minutes(5)))
struct RefusalLedgerTests {
    @Test("A refused request is kept with its headers, but without what says who somebody is")
    func kept() async throws {
        let request = try TestRequest.classic(secret: SigningSecret("another")).with { $0.target = "/webhooks?who=zoe" }
            .adding("Cookie", "session=zoe").adding("Authorization", "Bearer zoe").adding(
                "X-Customer", "zoe@example.com"
            )
            .adding("X-Forwarded-For", "203.0.113.5").adding("User-Agent", String(repeating: "é", count: 200))
        try await RunningDoor.open { door in
            try await door.expect(401, for: request)
            let kept = try #require(door.refusals.recent.first)
            #expect(kept.reason == "signature_wrong")
            #expect(kept.address == "203.0.113.5")
            #expect(kept.method == "POST")
            #expect(kept.path == "/webhooks")
            let values = Dictionary(kept.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
            #expect(values["x-shopify-topic"] == "orders/create")
            for name in ["x-shopify-hmac-sha256", "cookie", "authorization", "x-customer", "x-forwarded-for"] {
                #expect(values.keys.contains(name))
                #expect(values[name] == .some(nil), "\(name)")
            }
            #expect(values["user-agent"] == String(repeating: "?", count: 120) + "…")
            let text = String(decoding: try JSONEncoder().encode(kept), as: UTF8.self)
            #expect(!text.contains("zoe"))
            #expect(!text.contains(request.headers.first { $0.name.hasSuffix("Sha256") }?.value ?? "none"))
        }
    }

    @Test("Of bytes that are no request only reason and address are kept")
    func noRequest() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send("\u{1}zoe\r\n\r\n")
                _ = try await connection.answer()
            }
            let kept = try #require(door.refusals.recent.first)
            #expect(kept.reason == "malformed_request")
            #expect(kept.address == "127.0.0.1")
            #expect(kept.method == nil)
            #expect(kept.headers.isEmpty)
        }
    }

    @Test("Twenty are kept, and many of one reason do not push out the others")
    func bounded() async throws {
        try await RunningDoor.open { door in
            try await door.expect(401, for: .classic(secret: SigningSecret("another")))
            try await RawConnection.open(port: door.port) { connection in
                for index in 0..<100 {
                    try await connection.send(.get("/nowhere/\(index)"))
                    #expect(try await connection.answer()?.status == 404)
                }
            }
            let recent = door.refusals.recent
            #expect(recent.count == 20)
            #expect(recent.first?.path == "/nowhere/99")
            #expect(recent.last?.reason == "signature_wrong")
            #expect(door.counters.counts.refused == ["not_found": 100, "signature_wrong": 1])
        }
    }

    /// A ledger whose alerts are counted.
    private final class Alerts: Sendable {
        private let list = Mutex<[DoorAlert]>([])
        var all: [DoorAlert] { list.withLock { $0 } }
        func add(_ alert: DoorAlert) { list.withLock { $0.append(alert) } }
    }

    @Test("A rotated secret raises the alarm once, and the right one ends it once")
    func rotation() async throws {
        let alerts = Alerts()
        let ledger = RefusalLedger(onAlert: { alerts.add($0) })
        try await RunningDoor.open(refusals: ledger) { door in
            for index in 0..<3 { try await door.expect(200, for: .classic(id: "before-\(index)")) }
            for index in 0..<10 {
                try await door.expect(401, for: .classic(id: "wrong-\(index)", secret: SigningSecret("rotated")))
            }
            #expect(ledger.isAlarmed)
            #expect(alerts.all.count == 1)
            #expect(alerts.all.first?.description.contains("signature_wrong") == true)
            #expect(alerts.all.first?.description.contains(TestRequest.shop) == false)
            for index in 0..<60 { try await door.expect(200, for: .classic(id: "after-\(index)")) }
            #expect(!ledger.isAlarmed)
            #expect(alerts.all.count == 2)
        }
    }

    @Test("What names no shop that has delivered does not raise the alarm")
    func strangers() async throws {
        let ledger = RefusalLedger()
        try await RunningDoor.open(refusals: ledger) { door in
            try await door.expect(200, for: .classic())
            for _ in 0..<10 {
                try await door.expect(401, for: TestRequest(headers: [], body: Data("{}".utf8)))
                try await door.expect(
                    401, for: .classic(shop: "unheard-of.myshopify.com", secret: SigningSecret("another")))
                try await door.expect(404, for: .classic().with { $0.target = "/" })
            }
            #expect(!ledger.isAlarmed)
            #expect(ledger.share.refused == 0)
        }
    }

    @Test("The shops that secrets are bound to are known from the start")
    func boundShops() async throws {
        let shop = try #require(Shop(domain: TestRequest.shop))
        let secret = SenderSecret(id: "shop", secret: TestRequest.secret, shops: .only([shop]))
        let ledger = RefusalLedger()
        try await RunningDoor.open(secrets: [secret], refusals: ledger) { door in
            while !ledger.isAlarmed {
                try await door.expect(401, for: .classic(secret: SigningSecret("rotated")))
            }
        }
    }
}
