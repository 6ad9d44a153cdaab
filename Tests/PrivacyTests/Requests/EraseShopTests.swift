import Bellhop
import Foundation
import InboxCore
import InboxSQLite
import ModelClient
import Privacy
import Testing

@Suite("Erasing a shop", .timeLimit(.minutes(5)))
struct EraseShopTests {
    private func reservation(of shop: Shop, at seconds: Double = -10, for event: String? = "e") -> Reservation {
        Reservation(
            id: UUID(), day: BudgetDay(number: 2027_01_15), at: Stage.start + seconds, provider: "p", model: "m",
            task: .classification, labels: ["shop": shop.domain, "task": "classification"], reference: event,
            worstCase: USD(nanos: 5))
    }

    @Test func `neither the customers nor the name of the shop is left, and other shops keep theirs`() async throws {
        try await Stage.open { stage in
            let other = try #require(Shop(domain: "other.myshopify.com"))
            try await stage.receive("orders/create", bodies: (1...40).map { Sample.order($0, customer: $0) })
            try await stage.receive(
                "orders/create", bodies: (1...40).map { Sample.order($0, customer: 8, note: "kept") }, shop: other)
            try await stage.work { claim in
                claim.delivery.shop == .example ? Sample.quoting(Sample.marker) : Sample.quoting("kept")
            }
            for shop in [Shop.example, other] { try await stage.inbox.ledger.reserve(reservation(of: shop)) }
            try await stage.receive("app/uninstalled", Sample.uninstalled)
            try await stage.work()
            let id = try await stage.receive("shop/redact", Sample.redactShop)
            try await stage.work()

            #expect(try stage.files(holding: Sample.marker) == [])
            #expect(try stage.files(holding: Shop.example.domain) == [])
            #expect(try stage.files(holding: "kept") != [])
            #expect(try await stage.number("SELECT count(*) FROM bodies") == 40)
            let ledger = try await stage.inbox.ledger.report(
                CostQuery(days: BudgetDay(number: 0)...BudgetDay(number: 9999_12_31), groups: [.label("shop")]))
            #expect(ledger.count == 2)
            #expect(ledger.contains { $0.keys == [other.domain] })

            let proof = try #require(try await stage.inbox.overview(limit: 1).erasures.first)
            #expect(proof.kind == .eraseShop)
            #expect(proof.finishedAt != nil)
            #expect(proof.counts["payloads"] == 42)
            #expect(proof.counts["ledger"] == 1)
            let event = try #require(try await stage.inbox.detail(of: id))
            #expect(event.shop.domain.hasSuffix(".invalid"))
            #expect(event.jobs.first?.summary.state == .done)
        }
    }
    @Test func `what comes again after its shop was erased is known`() async throws {
        try await Stage.open { stage in
            let order = try await stage.receive("orders/create", Sample.order(1, customer: 7), webhookID: "order")
            try await stage.work()
            let request = try await stage.receive("shop/redact", Sample.redactShop, webhookID: "redact")
            try await stage.work()
            #expect(try await stage.state(of: request) == .done)

            let again = try await stage.receive("shop/redact", Sample.redactShop, webhookID: "redact")
            #expect(again == request)
            let orderAgain = try await stage.receive(
                "orders/create", Sample.order(1, customer: 7), webhookID: "order")
            #expect(orderAgain == order)
            #expect(try await stage.number("SELECT count(*) FROM deliveries") == 2)
            #expect(try stage.files(holding: Shop.example.domain) == [])
        }
    }

    @Test func `a key that was stored a second time makes way when its shop is erased`() async throws {
        try await Stage.open { stage in
            try await stage.receive("shop/redact", Sample.redactShop, webhookID: "redact")
            try await stage.work()
            let second = try await stage.receive("shop/redact", Sample.redactShop, webhookID: "another")
            try await stage.run("UPDATE seen_ids SET id = 'redact'")
            try await stage.work()
            #expect(try await stage.state(of: second) == .done)
            #expect(try await stage.number("SELECT count(*) FROM seen_ids") == 1)
            #expect(try stage.files(holding: Shop.example.domain) == [])
        }
    }
    @Test func `a request that is held for a person goes with its shop`() async throws {
        try await Stage.open { stage in
            let held = try await stage.receive("customers/redact", Sample.redactNobody)
            try await stage.work()
            #expect(try await stage.state(of: held) == .held)
            let request = try await stage.receive("shop/redact", Sample.redactShop)
            try await stage.work()
            #expect(try await stage.state(of: request) == .done)
            #expect(try await stage.state(of: held) == .skipped)
            #expect(try stage.files(holding: Shop.example.domain) == [])
        }
    }
    @Test func `what its events cost after the request has no name either, and longer names stay`() async throws {
        try await Stage.open { stage in
            let longer = try #require(Shop(domain: "not-\(Shop.example.domain)"))
            let ledger = stage.inbox.ledger
            let order = try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.receive("shop/redact", Sample.redactShop, triggeredAt: 10)
            try await ledger.reserve(reservation(of: .example, at: 20, for: order))
            // From when the shop was back.
            try await ledger.reserve(reservation(of: .example, at: 20, for: UUID().uuidString))
            try await ledger.reserve(reservation(of: longer))
            try await stage.work()
            // The worker does not know yet that the job is gone.
            try await ledger.reserve(reservation(of: .example, at: 30, for: order))
            let domain = Shop.example.domain
            #expect(try await stage.number("SELECT count(*) FROM ledger WHERE labels LIKE '%erased-%.invalid%'") == 2)
            #expect(try await stage.number("SELECT count(*) FROM ledger WHERE labels LIKE '%\"\(domain)\"%'") == 1)
            #expect(try await stage.number("SELECT count(*) FROM ledger WHERE labels LIKE '%not-\(domain)%'") == 1)
            #expect(try await stage.inbox.overview(limit: 1).erasures.first?.counts["ledger"] == 1)
        }
    }

    @Test func `what is remembered of its resources goes, and what is remembered of others' stays`() async throws {
        try await Stage.open { stage in
            for shop in [Shop.example.domain, "other.myshopify.com"] {
                try await stage.run(
                    """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4500)
                    INSERT INTO newest_versions (shop, resource, topic, version, seen_at)
                    SELECT '\(shop)', 'Product/' || i, 'products/update', 1, 0 FROM n
                    """)
                try await stage.run(
                    """
                    INSERT INTO writes (shop, resource, field, digest, at)
                    SELECT shop, resource, 'note', x'00', 0 FROM newest_versions WHERE shop = '\(shop)'
                    """)
            }
            try await stage.receive("shop/redact", Sample.redactShop)
            try await stage.work()
            for table in ["newest_versions", "writes"] {
                #expect(try await stage.number("SELECT count(*) FROM \(table)") == 4500)
                #expect(try await stage.number("SELECT count(*) FROM \(table) WHERE shop LIKE 'other%'") == 4500)
            }
        }
    }
}
