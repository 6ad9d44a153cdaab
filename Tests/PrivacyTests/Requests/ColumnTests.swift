import Bellhop
import Foundation
import GRDB
import InboxCore
import ModelClient
import Privacy
import Testing

@testable import InboxSQLite

/// Every column that could hold what somebody wrote, and what erasing does about it. A new column has to be thought of
/// here.
@Suite(.timeLimit(.minutes(5)))
struct ColumnTests {
    private enum Fate: Equatable {
        /// Goes with the customer's payload.
        case erased
        /// Goes, or is replaced, when the shop is erased.
        case erasedWithShop
        /// Holds no personal data, for this reason.
        case harmless(String)
    }

    private static let fates: [String: Fate] = [
        "bodies.headers": .erased, "bodies.encoding": .harmless("a word of ours"), "bodies.content": .erased,
        "calls.step": .harmless("the name of a type"), "calls.routing_class": .harmless("a word of ours"),
        "calls.task": .harmless("a word of ours"), "calls.model": .harmless("from the configuration"),
        "calls.attempts": .erased,
        "data_requests.id": .harmless("a random id"), "data_requests.shop": .erasedWithShop,
        "data_requests.subjects": .harmless("keyed digests"),
        "deliveries.id": .harmless("a random id"), "deliveries.sender": .harmless("a word of ours"),
        "deliveries.shop": .erasedWithShop, "deliveries.topic": .harmless("a word of Shopify's"),
        "deliveries.webhook_id": .harmless("a random id"), "deliveries.event_id": .harmless("a random id"),
        "deliveries.api_version": .harmless("a quarter"), "deliveries.body_hash": .erased,
        "deliveries.gone": .harmless("a word of ours"), "deliveries.resource": .erased,
        "effects.key": .harmless("ids of ours"), "effects.effect": .erased,
        "effects.state": .harmless("a word of ours"),
        "effects.handler": .harmless("from the configuration"), "effects.kind": .harmless("a word of ours"),
        "effects.lane": .harmless("from the configuration"), "effects.reason": .erased,
        "writes.shop": .erasedWithShop, "writes.resource": .erased, "writes.field": .harmless("a word of Shopify's"),
        "writes.digest": .erased,
        "erasures.id": .harmless("a random id"), "erasures.kind": .harmless("a word of ours"),
        "erasures.subject": .harmless("a keyed digest"), "erasures.webhook_id": .harmless("a random id"),
        "erasures.counts": .harmless("numbers"),
        "exports.id": .harmless("a random id"), "exports.request": .harmless("a random id"),
        "jobs.handler": .harmless("from the configuration"), "jobs.state": .harmless("a word of ours"),
        "jobs.reason": .erased, "jobs.shop": .erasedWithShop, "jobs.topic": .harmless("a word of Shopify's"),
        "jobs.resource": .erased, "jobs.place": .harmless("a word of ours"),
        "jobs.fingerprint": .harmless("a digest of words of ours"),
        "newest_versions.shop": .erasedWithShop, "newest_versions.resource": .erased,
        "newest_versions.topic": .harmless("a word of Shopify's"),
        "ledger.id": .harmless("a random id"), "ledger.provider": .harmless("from the configuration"),
        "ledger.model": .harmless("from the configuration"), "ledger.task": .harmless("a word of ours"),
        "ledger.labels": .erasedWithShop, "ledger.reference": .harmless("an id of ours"),
        "ledger.state": .harmless("a word of ours"), "ledger.generation": .harmless("a provider's random id"),
        "meta.key": .harmless("a word of ours"),
        "pauses.handler": .harmless("from the configuration"),
        "pauses.fingerprint": .harmless("a digest of words of ours"),
        "outcomes.handler": .harmless("from the configuration"), "outcomes.state": .harmless("a word of ours"),
        "outcomes.reason": .erased, "outcomes.fingerprint": .harmless("a digest of words of ours"),
        "request_subjects.request": .harmless("a random id"), "request_subjects.subject": .harmless("a keyed digest"),
        "absent_shops.shop": .erasedWithShop,
        "seen_ids.kind": .harmless("a word of ours"), "seen_ids.sender": .harmless("a word of ours"),
        "seen_ids.shop": .erasedWithShop, "seen_ids.id": .harmless("a random id"),
        "seen_ids.topic": .harmless("a word of Shopify's"),
        "seen_ids.body_hash": .harmless("a digest of more than anybody could guess, for 30 days"),
        "seen_ids.delivery": .harmless("a random id"),
        "steps.name": .harmless("the name of a type"), "steps.digest": .erased, "steps.answer": .erased,
        "steps.model": .harmless("from the configuration"), "calls.journal": .harmless("a word of ours"),
        "subjects.subject": .harmless("keyed digests"), "subject_salt.value": .harmless("random"),
    ]

    private static func columns(of fate: Fate) -> [String] {
        fates.filter { $0.value == fate }.keys.sorted()
    }

    private func columns(_ stage: Stage) async throws -> [String] {
        try await stage.inbox.readers.read { db in
            let tables = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                      AND name <> 'grdb_migrations'
                    """)
            return try tables.flatMap { table in
                try db.columns(in: table).filter { $0.type != "INTEGER" }.map { "\(table).\($0.name)" }
            }
        }
    }

    /// The columns that hold these words in some row.
    private func columns(holding words: String, _ stage: Stage) async throws -> [String] {
        var found: [String] = []
        for column in try await columns(stage) {
            let (table, name) = Self.parts(of: column)
            let rows = try await stage.number(
                "SELECT count(*) FROM \(table) WHERE instr(CAST(\(name) AS TEXT), '\(words)') > 0")
            if rows > 0 { found.append(column) }
        }
        return found.sorted()
    }

    private static func parts(of column: String) -> (table: String, name: String) {
        let parts = column.split(separator: ".")
        return (String(parts[0]), String(parts[1]))
    }

    @Test func `no column is forgotten`() async throws {
        try await Stage.open { stage in
            let columns = try await columns(stage)
            #expect(Set(columns).subtracting(Self.fates.keys) == [])
            #expect(Set(Self.fates.keys).subtracting(columns) == [])
        }
    }

    /// Puts words into every column that an erasure has to reach, and the shop's name into those that keep it.
    @Test(arguments: ["customers/redact", "shop/redact"] as [Topic])
    func `an erasure reaches every column that it has to`(topic: Topic) async throws {
        try await Stage.open(rewrittenBytes: 32 << 20) { stage in
            try await fill(stage)
            #expect(try await columns(holding: Sample.marker, stage) == Self.columns(of: .erased))
            #expect(try await columns(holding: Shop.example.domain, stage) == Self.columns(of: .erasedWithShop))

            let isShop = topic == "shop/redact"
            let request = try await stage.receive(topic, isShop ? Sample.redactShop : Sample.redact(customer: 7))
            try await stage.work()
            #expect(try await stage.state(of: request) == .done)
            #expect(try await columns(holding: Sample.marker, stage) == [])
            #expect(try stage.files(holding: Sample.marker) == [])
            if isShop { #expect(try await columns(holding: Shop.example.domain, stage) == []) }
        }
    }

    /// A row in every table, by what is done everywhere as far as that goes.
    private func fill(_ stage: Stage) async throws {
        try await stage.receive("customers/data_request", Sample.dataRequest(customer: 7))
        try await stage.work()
        try await stage.run("DELETE FROM exports")
        try await stage.receive(
            "orders/create", Sample.order(1, customer: 7), resource: "Order/\(Sample.marker)", version: 1)
        try await stage.work { _ in Sample.quoting("words") }
        try await stage.receive(
            "orders/edited", Sample.order(1, customer: 7), resource: "Order/\(Sample.marker)", version: 2)
        try await stage.work { _ in Stage.result(.held(reason: "words")) }
        let shop = Shop.example
        try await stage.inbox.ledger.reserve(
            Reservation(
                id: UUID(), day: BudgetDay(number: 2027_01_15), at: Stage.start, provider: "p", model: "m",
                task: .classification, labels: ["shop": shop.domain], worstCase: nil))
        for sql in [
            "INSERT INTO absent_shops (shop, since) VALUES ('\(shop)', 0)",
            """
            INSERT INTO writes (shop, resource, field, digest, at)
            VALUES ('\(shop)', 'Order/\(Sample.marker)', 'note', x'00', 0)
            """,
            """
            INSERT INTO steps (job, name, occurrence, digest, answer, model, at)
            SELECT job, 'Mood', 0, x'00', '{}', 'small', 0 FROM outcomes WHERE handler = 'orders'
            """,
        ] { try await stage.run(sql) }
        while try await stage.inbox.indexNext(SubjectReader.read) {}
        // The request that was answered above belongs to the customer as well.
        for column in Self.columns(of: .erased) where !column.hasSuffix(".resource") {
            let (table, name) = Self.parts(of: column)
            try await stage.run("UPDATE \(table) SET \(name) = '\(Sample.marker) in \(column)'")
        }
    }
}
