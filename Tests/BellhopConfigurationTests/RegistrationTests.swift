import Bellhop
import Foundation
import Testing

@testable import BellhopConfiguration

@Suite struct RegistrationTests {
    private func registration(_ files: String...) throws -> Registration {
        let folder = URL(fileURLWithPath: "webhooks")
        let documents = files.enumerated().map { number, text in
            { try YAMLDocument(text: text, file: folder.appending(path: "\(number).yaml").path) }
        }
        return Registration(try SubscriptionReader.read(documents, in: folder))
    }

    @Test func `fields and filters of the files are declared, and what Bellhop answers itself`() throws {
        let registration = try registration(
            "{topic: orders/create, handler: order-created, include_fields: [id, note]}",
            "{topic: metaobjects/create, handler: review-posted, filter: 'type:\"product\\review\"'}")
        #expect(
            registration.toml(uri: "https://example.com/webhooks", apiVersion: "2026-10") == #"""
                # The app needs these access scopes:
                #   read_metaobjects: metaobjects/create
                #   read_orders: orders/create
                # Protected customer data: orders/create.
                # The app has to request access to it, for a development store too; without, fields come empty or not at all.
                [webhooks]
                api_version = "2026-10"

                [[webhooks.subscriptions]]
                topics = ["orders/create"]
                include_fields = ["id", "note"]
                uri = "https://example.com/webhooks"

                [[webhooks.subscriptions]]
                topics = ["metaobjects/create"]
                filter = "type:\"product\\review\""
                uri = "https://example.com/webhooks"

                [[webhooks.subscriptions]]
                topics = ["app/uninstalled"]
                uri = "https://example.com/webhooks"

                [[webhooks.subscriptions]]
                compliance_topics = ["customers/data_request", "customers/redact", "shop/redact"]
                uri = "https://example.com/webhooks"

                """#)
    }

    @Test func `a topic is declared once, with every field that one of its handlers wants`() throws {
        let some = "{topic: orders/create, handler: a, include_fields: [id, note]}"
        let others = "{topic: orders/create, handler: b, include_fields: [note, tags]}"
        #expect(try registration(some, others).entries.map(\.includeFields) == [["id", "note", "tags"]])
        let all = "{topic: orders/create, handler: c}"
        #expect(try registration(some, others).notes == [])
        let whole = try registration(some, all, others)
        #expect(whole.entries.map(\.includeFields) == [[]])
        #expect(whole.notes == ["orders/create: all fields, because 1.yaml names none"])
        let more = try registration(all, some, "{topic: orders/create, handler: d}")
        #expect(more.notes == ["orders/create: all fields, because 0.yaml and 2.yaml name none"])
    }

    @Test func `files that share a filter are declared with it once`() throws {
        let one = "{topic: metaobjects/create, handler: a, filter: 'type:x', include_fields: [id, type]}"
        let other = "{topic: metaobjects/create, handler: b, filter: 'type:x', include_fields: [type, fields]}"
        let entries = try registration(one, other).entries
        #expect(
            entries == [.init(topic: "metaobjects/create", filter: "type:x", includeFields: ["id", "type", "fields"])])
    }

    @Test func `each scope is named once with its topics, and a topic of which none is known is said`() throws {
        let registration = try registration(
            "{topic: refunds/create, handler: a, include_fields: [id]}",
            "{topic: orders/create, handler: b, include_fields: [id]}", "{topic: returns/request, handler: c}",
            "{topic: themes/publish, handler: d}")
        #expect(
            registration.accessComments == [
                "# The app needs these access scopes:", "#   read_orders: refunds/create, orders/create",
                "#   read_returns: returns/request",
                "# Look up in Shopify's list of topics which scopes these need: themes/publish",
                "# Protected customer data: refunds/create, orders/create.",
                "# The app has to request access to it, for a development store too; without, fields come empty or not at all.",
            ])
    }

    @Test func `topics that Bellhop answers itself need no access`() throws {
        let text = try registration("{topic: app/uninstalled, handler: b}").toml(uri: "/w", apiVersion: "2026-10")
        #expect(text.hasPrefix("[webhooks]\n"))
    }

    @Test func `a handler for a privacy topic declares nothing twice`() throws {
        let registration = try registration(
            "{topic: customers/redact, handler: a}", "{topic: app/uninstalled, handler: b}")
        #expect(registration.entries.isEmpty)
    }

    @Test func `many fields stand on lines of their own, and no text breaks out of its quotes`() throws {
        let fields = (0..<20).map { "field_\($0)" }
        let text = Registration(entries: [
            .init(topic: "orders/create", filter: "a\nb\u{7f}", includeFields: fields)
        ]).toml(uri: "/webhooks", apiVersion: "2026-10")
        #expect(text.contains("include_fields = [\n  \"field_0\",\n"))
        #expect(text.contains(#"filter = "a\u000ab\u007f""#))
    }
}
