import Bellhop
import Foundation
import InboxCore
import InboxSQLite
import ModelClient
import Privacy
import Testing

@Suite("Retention", .timeLimit(.minutes(5)))
struct RetentionTests {
    private static let day: Double = 86_400

    private func pass(_ stage: Stage, after days: Double, _ change: (inout RetentionRules) -> Void = { _ in })
        async throws -> Bool
    {
        var rules = RetentionRules()
        change(&rules)
        while try await stage.inbox.indexNext(SubjectReader.read) {}
        return try await RetentionPass(store: stage.inbox, rules: rules, pause: .zero)
            .run(at: Stage.start + days * Self.day)
    }

    @Test func `payloads go when their time is over, and what was done stays`() async throws {
        try await Stage.open { stage in
            let id = try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work { _ in Sample.quoting(Sample.marker) }
            _ = try await pass(stage, after: 29)
            #expect(try await stage.number("SELECT count(*) FROM bodies") == 1)
            _ = try await pass(stage, after: 31)
            #expect(try await stage.number("SELECT count(*) FROM bodies") == 0)
            #expect(try await stage.inbox.scrub())
            #expect(try stage.files(holding: Sample.marker) == [])
            let job = try #require(try await stage.inbox.detail(of: id)?.jobs.first)
            #expect(job.summary.state == .done)
            #expect(job.summary.cost == USD(nanos: 7))
            let error = await #expect(throws: InboxError.self) { try await stage.inbox.retry(id, handlers: []) }
            #expect(error?.message.contains("its time was over") == true)
        }
    }

    @Test func `what still moves or is held is never deleted`() async throws {
        try await Stage.open { stage in
            let held = try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work { _ in Stage.result(.held(reason: "look")) }
            let ready = try await stage.receive("orders/create", Sample.order(2, customer: 7))
            try await stage.receive("orders/create", Sample.order(3, customer: 7), handlers: [])
            _ = try await pass(stage, after: 1000) { $0.maxBytes = 1 }
            #expect(try await stage.number("SELECT count(*) FROM bodies") == 3)
            #expect(try await stage.state(of: held) == .held)
            #expect(try await stage.state(of: ready) == .ready)
        }
    }

    @Test func `history goes with all that belongs to it, and a reason can be erased until then`() async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", bodies: (1...200).map { Sample.order($0, customer: 7) })
            try await stage.work { _ in
                Stage.result(.dead(reason: "about \(Sample.marker)"), calls: [Stage.call(quoting: Sample.marker)])
            }
            _ = try await pass(stage, after: 31)
            #expect(try await stage.number("SELECT count(*) FROM outcomes") == 200)
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(try stage.files(holding: Sample.marker) == [])

            _ = try await pass(stage, after: 91)
            // The newest delivery keeps its number.
            for table in ["deliveries", "outcomes"] {
                #expect(try await stage.number("SELECT count(*) FROM \(table)") == 1)
            }
            #expect(try await stage.number("SELECT count(*) FROM calls") == 0)
            #expect(try await stage.number("SELECT count(*) FROM subjects") == 1)
            #expect(try await stage.number("SELECT count(*) FROM seen_ids") == 201)
            #expect(try await stage.inbox.overview(limit: 9).erasures.count == 1)
        }
    }

    @Test func `the index is not passed by what history deletes`() async throws {
        try await Stage.open { stage in
            for number in 1...3 { try await stage.receive("orders/create", Sample.order(number, customer: 7)) }
            try await stage.work()
            _ = try await pass(stage, after: 91)
            try await stage.receive("orders/create", Sample.order(4, customer: 7))
            try await stage.work()
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(try stage.files(holding: Sample.marker) == [])
        }
    }

    @Test func `the ledger keeps what is younger and what is not settled`() async throws {
        try await Stage.open { stage in
            let ledger = stage.inbox.ledger
            for day in [2026_01_01, 2027_01_10] {
                let settled = reservation(day)
                for one in [settled, reservation(day)] { try await ledger.reserve(one) }
                ledger.settle(Settlement(id: settled.id, cost: .billed(USD(nanos: 1))))
            }
            _ = try await pass(stage, after: 100)
            #expect(try await stage.number("SELECT count(*) FROM ledger WHERE day = 20260101") == 1)
            #expect(try await stage.number("SELECT count(*) FROM ledger") == 3)
        }
    }

    private func reservation(_ day: Int) -> Reservation {
        Reservation(
            id: UUID(), day: BudgetDay(number: day), at: Stage.start, provider: "p", model: "m", task: .classification,
            labels: [:], reference: nil, worstCase: nil)
    }

    @Test func `beyond its size the oldest finished payloads go early`() async throws {
        try await Stage.open { stage in
            let noise = (0..<200).map { _ in String(UInt64.random(in: 0...UInt64.max), radix: 36) }.joined()
            try await stage.receive(
                "orders/create", bodies: (1...400).map { Sample.order($0, customer: 7, note: noise) })
            try await stage.work()
            let full = try await stage.inbox.overview(limit: 1).bytesUsed
            #expect(try await pass(stage, after: 1) { $0.maxBytes = full - 100_000 })
            #expect(try await stage.inbox.overview(limit: 1).bytesUsed <= full - 100_000)
            let left = try await stage.number("SELECT count(*) FROM bodies")
            #expect(left > 0 && left < 400)
            #expect(try await stage.number("SELECT min(delivery) FROM bodies") == 400 - left + 1)
            #expect(try await !pass(stage, after: 1) { $0.maxBytes = 1 })
        }
    }
    @Test func `what is remembered of a resource stays when one of its old deliveries goes`() async throws {
        try await Stage.open { stage in
            func update(_ id: String, day: Double) async throws -> String {
                let moment = day * Self.day
                return try await stage.receive(
                    "products/update", #"{"id":1,"title":"\(id)"}"#, triggeredAt: moment, resource: "Product/1",
                    version: moment)
            }
            _ = try await update("old", day: 0)
            try await stage.work()
            _ = try await update("new", day: 29)
            try await stage.run(
                """
                INSERT INTO writes (shop, resource, field, digest, at)
                VALUES ('\(Shop.example.domain)', 'gid://shopify/Product/1', 'tags', x'00', 0)
                """)
            _ = try await pass(stage, after: 31)
            #expect(try await stage.number("SELECT count(*) FROM bodies") == 1)
            #expect(try await stage.number("SELECT count(*) FROM newest_versions") == 1)
            #expect(try await stage.number("SELECT count(*) FROM writes") == 1)
            _ = try await pass(stage, after: 91)
            #expect(try await stage.number("SELECT count(*) FROM deliveries") == 1)
            #expect(try await stage.number("SELECT count(*) FROM newest_versions") == 1)
            #expect(try await stage.number("SELECT count(*) FROM writes") == 1)
        }
    }

    @Test func `an erasure still finds what is remembered of a resource whose payload is over`() async throws {
        try await Stage.open { stage in
            try await stage.receive(
                "orders/create", Sample.order(1, customer: 7), resource: "Order/1", version: 0)
            try await stage.work()
            for resource in ["Order/1", "gid://shopify/Customer/7", "gid://shopify/Customer/8"] {
                try await stage.run(
                    """
                    INSERT INTO writes (shop, resource, field, digest, at)
                    VALUES ('\(Shop.example.domain)', '\(resource)', 'tags', x'00', 0)
                    """)
            }
            _ = try await pass(stage, after: 31)
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(try await stage.number("SELECT count(*) FROM newest_versions") == 0)
            #expect(try await stage.number("SELECT count(*) FROM writes") == 1)
            #expect(try await stage.number("SELECT count(*) FROM writes WHERE resource LIKE '%/8'") == 1)
        }
    }
}
