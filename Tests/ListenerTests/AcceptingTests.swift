import Bellhop
import Cryptography
import Foundation
import InboxCore
import Listener
import Testing

@Suite("What the door accepts", .timeLimit(.minutes(5)))
struct AcceptingTests {
    @Test("A signed classic webhook is stored and answered 200")
    func classic() async throws {
        try await RunningDoor.open { door in
            let answer = try #require(try await door.answer(to: .classic().adding("X-Shopify-Order-Id", "17")))
            #expect(answer.status == 200)
            #expect(answer.text == #"{"status":"accepted","id":"id-of-webhook-1"}"#)
            #expect(answer.headers["content-type"] == "application/json")

            let call = try #require(door.inbox.calls.first)
            #expect(call.handlers == ["order-created"])
            #expect(call.holdReason == nil)
            let delivery = call.delivery
            #expect(delivery.sender == "shopify")
            #expect(delivery.shop == Shop(domain: TestRequest.shop))
            #expect(delivery.topic == "orders/create")
            #expect(delivery.webhookID == "webhook-1")
            #expect(delivery.eventID == "event-1")
            #expect(delivery.apiVersion == "2026-10")
            #expect(delivery.receivedAt == RunningDoor.receivedAt)
            #expect(try delivery.bodyHash == SHA256.digest(of: delivery.body))
            let triggeredAt = try #require(delivery.triggeredAt?.timeIntervalSince1970)
            #expect(abs(triggeredAt - 1_795_023_737.123) < 0.001)
            #expect(delivery.headers["x-shopify-order-id"] == "17")
            #expect(delivery.headers["content-type"] == "application/json")
            #expect(delivery.headers.keys.allSatisfy { !$0.contains("hmac") && $0 == $0.lowercased() })
            #expect(delivery.headers["host"] == nil)
        }
    }

    /// The header is not signed, and what claims to be from a time to come would make every later version look old.
    @Test(
        "A webhook is not from a time to come",
        arguments: [
            ("2026-11-18T17:47:18Z", true), ("2026-11-18T17:47:19Z", false), ("9999-01-01T00:00:00Z", false),
        ])
    func triggeredLater(text: String, isBelieved: Bool) async throws {
        try await RunningDoor.open { door in
            try await door.expect(200, for: .classic().setting("x-shopify-triggered-at", to: text))
            let delivery = try #require(door.inbox.calls.first?.delivery)
            #expect((delivery.triggeredAt != nil) == isBelieved)
            #expect((delivery.version != nil) == isBelieved)
        }
    }

    @Test("A next-generation event is known by its own headers; its topic is resource and action")
    func event() async throws {
        try await RunningDoor.open { door in
            try await door.expect(200, for: .event())
            let delivery = try #require(door.inbox.calls.first?.delivery)
            #expect(delivery.topic == "product/update")
            #expect(delivery.webhookID == "webhook-2")
            #expect(delivery.eventID == nil)
            #expect(delivery.headers["shopify-handle"] == "towel-price-watch")
            #expect(door.inbox.calls.first?.handlers == [])
        }
    }

    @Test("With both families on one request it is an event")
    func bothFamilies() async throws {
        let both = try TestRequest.event().with { event in
            event.headers += [
                ("X-Shopify-Topic", "orders/create"), ("X-Shopify-Hmac-Sha256", "bm90IGEgc2lnbmF0dXJl"),
            ]
        }
        try await RunningDoor.open { door in
            try await door.expect(200, for: both)
            #expect(door.inbox.calls.first?.delivery.topic == "product/update")
        }
    }

    @Test("A duplicate is answered 200 and counted")
    func duplicate() async throws {
        try await RunningDoor.open(inbox: RecordingInbox { _ in .duplicate(of: "earlier") }) { door in
            let answer = try #require(try await door.answer(to: .classic()))
            #expect(answer.status == 200)
            #expect(answer.text == #"{"status":"duplicate","id":"earlier"}"#)
            #expect(door.counters.counts.duplicates == 1)
            #expect(door.counters.counts.accepted == 0)
        }
    }

    @Test(
        "The exact bytes reach the inbox",
        arguments: [
            Data(#"{"url":"https:\/\/kelpandcotton.example\/a"}"#.utf8), Data([0xff, 0xfe, 0x00, 0x7b, 0x80]),
            Data("{\"id\":1}\r\n".utf8), Data("\u{feff}not JSON at all".utf8), Data(repeating: 0x61, count: 300_000),
        ])
    func exactBytes(body: Data) async throws {
        try await RunningDoor.open { door in
            try await door.expect(200, for: .classic(body: body))
            try await door.expect(200, for: .classic(body: body).with { $0.chunks = 1000 })
            #expect(door.inbox.calls.map(\.delivery.body) == [body, body])
            #expect(door.counters.counts.bytesInFlight == 0)
        }
    }

    @Test("Header names and the topic count in any case", arguments: [true, false])
    func anyCase(upper: Bool) async throws {
        let request = try TestRequest.classic("Orders/Create").with { request in
            request.headers = request.headers.map { (upper ? $0.uppercased() : $0.lowercased(), $1) }
        }
        try await RunningDoor.open { door in
            try await door.expect(200, for: request)
            #expect(door.inbox.calls.first?.delivery.topic == "orders/create")
        }
    }

    @Test("Event id, API version and triggered-at are optional, and left out when they cannot be read")
    func optionalHeaders() async throws {
        let without = try TestRequest.classic()
            .without("x-shopify-event-id").without("x-shopify-api-version").without("x-shopify-triggered-at")
        let unreadable = try TestRequest.classic()
            .setting("x-shopify-event-id", to: String(repeating: "x", count: 201))
            .setting("x-shopify-api-version", to: "two words").setting("x-shopify-triggered-at", to: "yesterday")
        try await RunningDoor.open { door in
            for request in [without, unreadable] {
                try await door.expect(200, for: request)
            }
            for delivery in door.inbox.calls.map(\.delivery) {
                #expect(delivery.eventID == nil)
                #expect(delivery.apiVersion == nil)
                #expect(delivery.triggeredAt == nil)
            }
            #expect(door.inbox.calls.count == 2)
        }
    }

    @Test("A client that goes away does not cancel a store that has begun")
    func clientGone() async throws {
        let gate = Gate()
        let (finished, finish) = AsyncStream<Bool>.makeStream()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            finish.yield(Task.isCancelled)
            return .stored(id: delivery.webhookID)
        }
        try await RunningDoor.open(inbox: inbox) { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(.classic())
                _ = await inbox.next()
            }
            gate.open()
            for await wasCancelled in finished {
                #expect(!wasCancelled)
                break
            }
        }
    }
}
