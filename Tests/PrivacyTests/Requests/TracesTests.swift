import Bellhop
import Foundation
import InboxCore
import InboxSQLite
import Testing

/// What is kept of a customer's orders beside their payloads.
@Suite("Traces beside the payload", .timeLimit(.minutes(5)))
struct TracesTests {
    @Test func `an effect that has not arrived is dropped, and its reason goes`() async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work { _ in Sample.quoting("x") }
            try await stage.run("UPDATE effects SET reason = 'about \(Sample.marker)'")
            #expect(try await stage.number("SELECT count(*) FROM effects WHERE state = 'planned'") == 1)
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(try await stage.number("SELECT count(*) FROM effects WHERE state = 'dropped'") == 1)
            #expect(try stage.files(holding: Sample.marker) == [])
        }
    }

    @Test func `what is kept of the customer's order goes, what is kept of another stays`() async throws {
        try await Stage.open { stage in
            for order in ["Order/1", "gid://shopify/Order/1", "Order/2"] {
                let place = "'\(Shop.example.domain)', '\(order)'"
                try await stage.run(
                    """
                    INSERT INTO newest_versions (shop, resource, topic, version, seen_at)
                    VALUES (\(place), 'orders/updated', 1, 0)
                    """)
                try await stage.run(
                    "INSERT INTO writes (shop, resource, field, digest, at) VALUES (\(place), 'note', x'00', 0)")
            }
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work()
            try await stage.run("UPDATE deliveries SET resource = 'Order/1'")
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            for table in ["newest_versions", "writes"] {
                #expect(try await stage.number("SELECT count(*) FROM \(table) WHERE resource = 'Order/2'") == 1)
                #expect(try await stage.number("SELECT count(*) FROM \(table)") == 1)
            }
            #expect(try await stage.number("SELECT count(*) FROM deliveries WHERE resource IS NOT NULL") == 0)
        }
    }
}
