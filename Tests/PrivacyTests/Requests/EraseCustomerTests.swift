import Bellhop
import Foundation
import GRDB
import InboxCore
import Privacy
import Testing

@testable import InboxSQLite

@Suite("Erasing a customer", .timeLimit(.minutes(5)))
struct EraseCustomerTests {
    @Test(arguments: [0, 32 << 20])
    func `nothing of the customer is left in any file, and the proof says what was erased`(rewriting: Int) async throws
    {
        try await Stage.open(rewrittenBytes: rewriting) { stage in
            try await stage.receive(
                "orders/create",
                bodies: (1...20).flatMap {
                    [
                        Sample.order($0, customer: 7),
                        Sample.order(100 + $0, customer: 8, note: "somebody else"),
                    ]
                })
            try await stage.work { claim in
                claim.delivery.body.range(of: Data(Sample.marker.utf8)) != nil
                    ? Sample.quoting(Sample.marker) : Sample.quoting("somebody else")
            }
            #expect(try !stage.files(holding: Sample.marker).isEmpty)

            let request = try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()

            #expect(try stage.files(holding: Sample.marker) == [])
            #expect(try stage.files(holding: "zoe@example.com") == [])
            let proof = try #require(try await stage.inbox.overview(limit: 1).erasures.first)
            #expect(proof.id == request)
            #expect(proof.kind == .eraseCustomer)
            #expect(proof.finishedAt == Stage.start + 100)
            #expect(proof.counts == ["payloads": 21, "effects": 20, "calls": 20])
            #expect(try await stage.state(of: request) == .done)
        }
    }

    @Test func `other customers keep everything`() async throws {
        try await Stage.open { stage in
            var others: [String] = []
            for number in 1...5 {
                try await stage.receive("orders/create", Sample.order(number, customer: 7))
                others.append(
                    try await stage.receive("orders/create", Sample.order(100 + number, customer: 8, note: "other")))
            }
            let waiting = try await stage.receive("orders/create", Sample.order(200, customer: 9, note: "waiting"))
            try await stage.work { claim in
                claim.deliveryID == waiting
                    ? Stage.result(.wait(until: Stage.start + 60, reason: "provider")) : Sample.quoting("other")
            }
            let before = try await details(others, stage)

            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()

            #expect(try await details(others, stage) == before)
            let claim = try #require(
                try await stage.inbox.claim(limit: 1, now: Stage.start + 70, leaseFor: .seconds(60)).first)
            #expect(claim.deliveryID == waiting)
            #expect(claim.delivery.body == Data(Sample.order(200, customer: 9, note: "waiting").utf8))
        }
    }

    private func details(_ ids: [String], _ stage: Stage) async throws -> [String] {
        var details: [String] = []
        for id in ids {
            let job = try #require(try await stage.inbox.detail(of: id)?.jobs.first)
            details.append("\(job.summary) \(job.calls) \(job.effects)")
        }
        return details
    }

    @Test func `a job that waits is skipped, and a worker that has one loses it`() async throws {
        try await Stage.open { stage in
            let waiting = try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work { _ in Stage.result(.wait(until: Stage.start + 5000, reason: Sample.marker)) }
            let running = try await stage.receive("orders/create", Sample.order(2, customer: 7))
            let claim = try #require(
                try await stage.inbox.claim(limit: 1, now: Stage.start, leaseFor: .seconds(600)).first)
            #expect(claim.deliveryID == running)

            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()

            for id in [waiting, running] {
                let job = try #require(try await stage.inbox.detail(of: id)?.jobs.first)
                #expect(job.summary.state == .skipped)
                #expect(job.summary.reason == "erased on request")
                await #expect(throws: InboxError.self) { try await stage.inbox.retry(id, handlers: ["orders"]) }
            }
            #expect(try await !stage.inbox.extend(claim, until: Stage.start + 900))
            #expect(try await !stage.inbox.finish(claim, with: Sample.quoting(Sample.marker)))
            #expect(try stage.files(holding: Sample.marker) == [])
        }
    }

    @Test func `held and unbound deliveries are erased too`() async throws {
        try await Stage.open { stage in
            let held = try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work { _ in Stage.result(.held(reason: "asks about \(Sample.marker)")) }
            let unbound = try await stage.receive("orders/edited", Sample.order(2, customer: 7), handlers: [])
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            for id in [held, unbound] { #expect(try await stage.state(of: id) == .skipped) }
            #expect(try stage.files(holding: Sample.marker) == [])
        }
    }

    @Test func `an order that shows the customer leads to what only names the order`() async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", #"{"id":11,"customer":{"id":7}}"#)
            try await stage.receive("refunds/create", #"{"id":500,"order_id":11,"note":"\#(Sample.marker)"}"#)
            try await stage.receive(
                "returns/request", #"{"id":600,"order":{"id":11},"note":"\#(Sample.marker)"}"#)
            let other = try await stage.receive("refunds/create", #"{"id":501,"order_id":12,"note":"kept"}"#)
            try await stage.work()
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(try stage.files(holding: Sample.marker) == [])
            #expect(try stage.files(holding: "kept") != [])
            #expect(try await stage.state(of: other) == .done)
        }
    }

    @Test(arguments: [
        #"{"email":"Zoe@Example.com","note":"Zq7-marker-of-Zoe"}"#,
        #"{"shipping_address":{"phone":"+1 (310) 555-0142"},"note":"Zq7-marker-of-Zoe"}"#,
        #"{"customer":{"id":"82098"},"note":"Zq7-marker-of-Zoe"}"#,
        #"{"data":{"customer":{"id":"gid:\/\/shopify\/Customer\/82098"}},"note":"Zq7-marker-of-Zoe"}"#,
        #"{"order_id":45078,"note":"Zq7-marker-of-Zoe"}"#,
        #"this is not JSON but names zoe@EXAMPLE.com Zq7-marker-of-Zoe"#,
        #"{"phone":"+1 (310) 555-0142","note":"Zq7-marker-of-Zoe"#,
        #"{"email":"zoe\u0040example.COM","note":"Zq7-marker-of-Zoe"#,
        #"{"note":"Zq7-marker-of-Zoe, write to\nzoe@example.com"#,
        #"{"body":"{\"note\":\"Zq7-marker-of-Zoe, write to\\nzoe@example.com"#,
        #"{"body":"{\"note\":\"Zq7-marker-of-Zoe\",\"email\":\"zoe\\u0040example.com"#,
        "payload=%7B%22note%22%3A%22Zq7-marker-of-Zoe+write+to%5Cnzoe%40example.com",
        "email=zoe%2540example.com&note=Zq7-marker-of-Zoe",
        "email=zoe%40example.com&note=Zq7-marker-of-Zoe",
        "<customer><id>82098</id></customer><note>Zq7-marker-of-Zoe</note>",
        "客户82098号 Zq7-marker-of-Zoe",
        "call 0013105550142 now, Zq7-marker-of-Zoe",
        "mobile+1 310 555.0142 ext 5, Zq7-marker-of-Zoe",
        "order:45078 Zq7-marker-of-Zoe",
    ])
    func `each way to name the customer is found`(body: String) async throws {
        try await Stage.open { stage in
            try await stage.receive("carts/update", body)
            let kept = try await stage.receive("carts/update", "this is not JSON and names nobody: 1310, 555, 01")
            try await stage.receive(
                "customers/redact",
                """
                {"shop_domain":"\(Shop.example.domain)","orders_to_redact":[45078],
                "customer":{"id":82098,"email":"zoe@example.com","phone":"13105550142"}}
                """)
            try await stage.work()
            #expect(try stage.files(holding: Sample.marker) == [])
            #expect(try await stage.number("SELECT count(*) FROM bodies") == 1)
            #expect(try await stage.state(of: kept) == .done)
        }
    }

    @Test(arguments: [
        "no. 982098", "no. 820981", "no. 82098a", "no. x82098", "order 1450780", "mzoe@example.com",
        "zoe@example.community", "913105550142", "131055501423",
    ])
    func `a longer number or address that holds one of the request is somebody else's`(words: String) async throws {
        try await Stage.open { stage in
            try await stage.receive("carts/update", "this is not JSON: \(words), kept")
            try await stage.work()
            try await stage.receive(
                "customers/redact",
                """
                {"shop_domain":"\(Shop.example.domain)","orders_to_redact":[45078],
                "customer":{"id":82098,"email":"zoe@example.com","phone":"13105550142"}}
                """)
            try await stage.work()
            #expect(try stage.files(holding: "kept") != [])
        }
    }

    @Test func `an order that shows the customer is found in what is not JSON`() async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", #"{"id":450789,"customer":{"id":82098}}"#)
            try await stage.receive("refunds/create", "<order-id>450789</order-id><note>\(Sample.marker)</note>")
            try await stage.receive(
                "refunds/create", #"{"order":"gid:\/\/shopify\/Order\/450789","note":"\#(Sample.marker)"#)
            try await stage.receive("refunds/create", "<order-id>1450789</order-id><note>kept</note>")
            try await stage.work()
            try await stage.receive("customers/redact", Sample.redact(customer: 82098))
            try await stage.work()
            #expect(try stage.files(holding: Sample.marker) == [])
            #expect(try stage.files(holding: "kept") != [])
        }
    }

    @Test func `another shop's customer of the same number is somebody else`() async throws {
        try await Stage.open { stage in
            let other = try #require(Shop(domain: "other.myshopify.com"))
            try await stage.receive("orders/create", Sample.order(1, customer: 7, note: "kept"), shop: other)
            try await stage.work()
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(try stage.files(holding: "kept") != [])
        }
    }

    @Test func `what comes after the request is not its business`() async throws {
        try await Stage.open { stage in
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.receive("orders/create", Sample.order(1, customer: 7, note: "kept"))
            try await stage.work()
            #expect(try stage.files(holding: "kept") != [])
        }
    }

    @Test func `a handler that subscribes to the request runs before the request is erased`() async throws {
        try await Stage.open { stage in
            let id = try await stage.receive(
                "customers/redact", Sample.redact(customer: 7), handlers: [PrivacyDesk.plan, "clean-up"])
            let claims = try await stage.inbox.claim(limit: 9, now: Stage.start, leaseFor: .seconds(60))
            let own = try #require(claims.first { $0.handlerID == PrivacyHandler.id })
            let other = try #require(claims.first { $0.handlerID == "clean-up" })
            guard case .wait(_, let reason) = try await stage.desk.run(own) else {
                Issue.record("the request was erased under the other handler's hands")
                return
            }
            #expect(reason == "other work on the same data has to end first")
            #expect(try await stage.inbox.finish(other, with: Stage.result(.done(effects: []))))
            guard case .done = try await stage.desk.run(own) else {
                Issue.record("the request is not done")
                return
            }
            #expect(try stage.files(holding: "zoe@example.com") == [])
            #expect(try await stage.inbox.detail(of: id)?.jobs.count == 2)
        }
    }

    @Test func `a request that was cut short goes on where it was, and one that comes again does no harm`() async throws
    {
        try await Stage.open { stage in
            try await stage.receive("orders/create", bodies: (1...100).map { Sample.order($0, customer: 7) })
            try await stage.work { _ in Sample.quoting(Sample.marker) }
            let id = try await stage.receive("customers/redact", Sample.redact(customer: 7))
            let request = try await begin(id, stage)
            _ = try await stage.inbox.eraseNext(for: request, at: Stage.start)
            // The process ends here; the next one begins the job again.
            try await stage.work()
            #expect(try stage.files(holding: Sample.marker) == [])
            let proof = try #require(try await stage.inbox.overview(limit: 1).erasures.first)
            #expect(proof.counts == ["payloads": 101, "effects": 100, "calls": 100])

            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            let second = try #require(try await stage.inbox.overview(limit: 1).erasures.first)
            #expect(second.subject == proof.subject)
            #expect(second.counts == ["payloads": 1])
        }
    }

    @Test func `as long as somebody reads what the log holds, the request is not done`() async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work()
            let id = try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await withReader(stage) { try await stage.work() }
            let job = try #require(try await stage.inbox.detail(of: id)?.jobs.first)
            #expect(job.summary.state == .waiting)
            #expect(job.summary.reason == "somebody reads the database, which has to be overwritten")
            #expect(try await stage.inbox.overview(limit: 1).erasures.first?.finishedAt == nil)

            let claims = try await stage.inbox.claim(limit: 1, now: Stage.start + 500, leaseFor: .seconds(60))
            let claim = try #require(claims.first)
            _ = try await stage.inbox.finish(claim, with: Stage.result(try await stage.desk.run(claim)))
            #expect(try await stage.state(of: id) == .done)
            #expect(try stage.files(holding: Sample.marker) == [])
        }
    }

    /// Runs the body while a long read is under way.
    private func withReader(_ stage: Stage, _ body: () async throws -> Void) async throws {
        let snapshot = try stage.inbox.readers.makeSnapshot()
        #expect(try await snapshot.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM bodies") } == 2)
        try await body()
    }

    @Test func `a request that names nobody is held for a person`() async throws {
        try await Stage.open { stage in
            let id = try await stage.receive("customers/redact", Sample.redactNobody)
            try await stage.work()
            #expect(try await stage.state(of: id) == .held)
        }
    }

    @Test func `copies of the database from before a change of its schema go as well`() async throws {
        try await Stage.open { stage in
            let copy = stage.folder.appending(path: "bellhop-before-schema-2.sqlite")
            try Data(Sample.marker.utf8).write(to: copy)
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(!FileManager.default.fileExists(atPath: copy.path))
            #expect(try await stage.inbox.overview(limit: 1).erasures.first?.counts["backups"] == 1)
        }
    }

    @Test func `large payloads are erased a few at a time`() async throws {
        try await Stage.open { stage in
            let note = String(repeating: "x", count: 900_000)
            try await stage.receive("orders/create", bodies: (1...5).map { Sample.order($0, customer: 7, note: note) })
            let id = try await stage.receive("customers/redact", Sample.redact(customer: 7))
            let request = try await begin(id, stage)
            var left: [Int] = []
            while try await stage.inbox.eraseNext(for: request, at: Stage.start) {
                left.append(try await stage.number("SELECT count(*) FROM bodies") - 1)
            }
            #expect(left == [3, 1])
        }
    }

    /// Begins the erasure of customer 7, everything being in the index.
    private func begin(_ id: String, _ stage: Stage) async throws -> PrivacyRequest {
        let request = PrivacyRequest(
            .eraseCustomer, deliveryID: id, shop: .example, webhookID: "w", requestedAt: Stage.start,
            subjects: [.customer(7)])
        while try await stage.inbox.indexNext(SubjectReader.read) {}
        try await stage.inbox.begin(request)
        return request
    }
}
