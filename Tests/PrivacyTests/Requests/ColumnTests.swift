import Foundation
import GRDB
import Testing

@testable import InboxSQLite

/// Every column that could hold what somebody wrote, and what erasing does about it. A new column has to be thought of here.
@Suite(.timeLimit(.minutes(5)))
struct ColumnTests {
    private enum Fate {
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

    @Test func `no column is forgotten`() async throws {
        try await Stage.open { stage in
            let columns = try await stage.inbox.readers.read { db in
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
            #expect(Set(columns).subtracting(Self.fates.keys) == [])
            #expect(Set(Self.fates.keys).subtracting(columns) == [])
        }
    }
}
