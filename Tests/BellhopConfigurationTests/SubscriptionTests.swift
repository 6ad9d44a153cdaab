import Bellhop
import BellhopConfiguration
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite struct SubscriptionTests {
    /// Reads a folder with these files.
    private func read(_ files: [String: String]) throws -> [Subscription] {
        try TemporaryFolder.with(files) { try SubscriptionReader.read(folder: $0) }
    }

    @Test func filesAreReadInTheOrderOfTheirNames() throws {
        let subscriptions = try read([
            "b.yaml": "topic: orders/create\nhandler: order-created",
            "a.yml": """
            topic: metaobjects/create
            handler: review-posted
            filter: type:product_review
            include_fields: [id, type, fields, tags, note]
            model: cheap
            priority: 9
            stale: skip
            coalesce: { max_wait: 1.5s }
            team: reviews
            redact: [email, phone]
            data_policy: { regions: [eu], no_training: true }
            echo_guard: { fields: [tags, note] }
            loop_guard: { runs: 20, within: 5m }
            settings:
              threshold: 3
              share: 0.25
              text: "3"
              list: [true, null, one]
              written: [4-2, 500.00.1, 2026-10, 1e3, -0.5, 12345678901234567890, .]
            """,
            "notes.txt": "not read", ".#a.yaml": "an editor's", "._b.yaml": "\u{5}\u{16}\u{7}",
        ])
        #expect(subscriptions.map(\.handler) == ["review-posted", "order-created"])
        let review = try #require(subscriptions.first)
        #expect(review.filter == "type:product_review")
        #expect(review.includeFields == ["id", "type", "fields", "tags", "note"])
        #expect(review.model == "cheap")
        #expect(review.priority == 9)
        #expect(review.stale == .skip)
        #expect(review.coalescing == .milliseconds(1500))
        #expect(subscriptions.last?.stale == .run)
        #expect(subscriptions.last?.coalescing == nil)
        #expect(review.team == "reviews")
        #expect(review.redact == [.email, .phone])
        #expect(review.dataPolicy == DataPolicy(regions: ["eu"], noTraining: true))
        #expect(review.mistake("x", at: ["settings", "share"]).line == 16)
        #expect(review.echoFields == ["tags", "note"])
        #expect(review.loopLimit.runs == 20)
        #expect(review.loopLimit.window == .seconds(300))
        #expect(
            review.settings
                == [
                    "threshold": 3, "share": .number(Decimal(sign: .plus, exponent: -2, significand: 25)), "text": "3",
                    "list": [true, .null, "one"],
                    "written": [
                        "4-2", "500.00.1", "2026-10", "1e3",
                        .number(Decimal(sign: .minus, exponent: -1, significand: 5)),
                        .number(Decimal(12_345_678_901_234_567_890 as UInt64)), ".",
                    ],
                ])
        let order = try #require(subscriptions.last)
        #expect(order.settings == [:])
        #expect(order.priority == 5)
        #expect(order.team == nil)
        #expect(order.redact == [])
        #expect(order.dataPolicy == .open)
    }

    @Test(arguments: [
        ("priority: 10", "from 0 to 9"), ("redact: [name]", "use one of: email, phone, address"),
        ("redact: email", "must be a list"), ("team: \"\"", "must be a text"), ("data_policy: eu", "must be a mapping"),
        ("echo_guard: { fields: [] }", "is empty"), ("echo_guard: {}", "needs the key fields"),
        ("echo_guard: { fields: [customer.note] }", "top-level fields"), ("loop_guard: { runs: 0 }", "from 1 to 1000"),
        ("loop_guard: { within: 25h }", "from 1s to 24h"), ("loop_guard: { window: 1m }", "unknown key window"),
        ("stale: maybe", "use one of: run, skip"), ("coalesce: { max_wait: 2h }", "at most 1h"),
        ("coalesce: { max_wait: 0s }", "at least 1ms"), ("coalesce: { wait: 1s }", "wait"),
        ("redact:\n#  - email", "redact has no value"),
        ("data_policy: { regions: }", "data_policy.regions has no value"),
        ("include_fields: ~", "has no value"), ("filter:", "has no value"), ("settings:", "settings has no value"),
        ("include_fields: []", "is empty"),
        ("filter: \(String(repeating: "a:b ", count: 2_000))", "at most 4096 bytes"),
        ("settings: { policy: , tone: warm }", "settings.policy has no value"),
    ])
    func whatCannotBeMeantIsRefusedWithItsLine(line: String, words: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try read(["a.yaml": "topic: orders/create\nhandler: x\n\(line)"])
        }
        #expect(error?.line == 3)
        #expect(error?.message.contains(words) == true)
    }

    @Test func anEmptyFolderIsAMistake() {
        #expect(throws: ConfigurationError.self) { try read([:]) }
    }

    @Test func twoFilesForTheSamePairAreAMistake() {
        let error = #expect(throws: ConfigurationError.self) {
            try read([
                "a.yaml": "topic: orders/create\nhandler: x", "b.yaml": "topic: orders/create\nhandler: x",
            ])
        }
        #expect(error?.description.contains("a.yaml") == true)
        #expect(error?.file.contains("b.yaml") == true)
    }

    @Test(arguments: [
        ("type:product_review", "type:size_chart"), ("type:product_review", ""), ("", "type:product_review"),
    ])
    func `two filters for one topic are refused, because all its handlers get what is sent`(
        one: String, other: String
    ) throws {
        let files = ["a": one, "b": other].map { name, filter in
            (
                "\(name).yaml",
                "topic: metaobjects/create\nhandler: \(name)\(filter.isEmpty ? "" : "\nfilter: \(filter)")"
            )
        }
        let error = try #require(
            #expect(throws: ConfigurationError.self) {
                try read(Dictionary(uniqueKeysWithValues: files))
            })
        #expect(error.file.hasSuffix("b.yaml") && error.line == (other.isEmpty ? 1 : 3))
        #expect(error.message.contains("a.yaml") && error.message.contains("metaobjects/create"), "\(error)")
    }

    @Test func `files of one topic may share a filter, and topics have their own`() throws {
        let subscriptions = try read([
            "a.yaml": "topic: metaobjects/create\nhandler: a\nfilter: type:x OR type:y",
            "b.yaml": "topic: metaobjects/create\nhandler: b\nfilter: type:x OR type:y",
            "c.yaml": "topic: metaobjects/update\nhandler: b\nfilter: type:x",
            "d.yaml": "topic: orders/create\nhandler: b",
        ])
        #expect(subscriptions.count == 4)
    }

    /// Shopify needs them in the body; without, nothing is delivered.
    @Test(arguments: [
        ("type:x", "[id]", "type"),
        ("total_price:>100 AND (customer.id:1)", "[total_price, customer.state]", "customer.id"),
        ("-tags:vip", "[id, tag]", "tags"), (#"note:"a type:b" AND name:x"#, "[note]", "name"),
        ("type:x", "[typed]", "type"),
    ])
    func `a filter's fields are among the fields that are sent`(filter: String, fields: String, missing: String) throws
    {
        let error = #expect(throws: ConfigurationError.self) {
            try read(["a.yaml": "topic: orders/create\nhandler: x\ninclude_fields: \(fields)\nfilter: '\(filter)'"])
        }
        #expect(error?.line == 4)
        #expect(error?.message.contains("\(missing),") == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        ("type:x", "[id, type]"), ("-fields.a-key:x", "[fields.a-key]"),
        ("customer.id:1 OR tags:'a:b'", "[customer, tags]"),
        ("updated_at:>2026-01-01T10:00:00Z", "[updated_at]"), ("note:\"a \\\" type:b\"", "[note]"),
        ("NOT (type:x) AND id:*", "[id, type]"), ("a word", "[id]"),
        (#"created_at:>="2026-01-01 at:10""#, "[created_at]"),
    ])
    func `a filter whose fields are sent is taken`(filter: String, fields: String) throws {
        let quoted = filter.replacing("'", with: "''")
        let subscriptions = try read([
            "a.yaml": "topic: orders/create\nhandler: x\ninclude_fields: \(fields)\nfilter: '\(quoted)'"
        ])
        #expect(subscriptions.first?.filter == filter)
    }

    @Test(arguments: ["ORDERS_CREATE", "orders create", "Orders/Create", "\"orders/create\\n\"", "orders/créate"])
    func aTopicInAnotherFormIsAMistake(topic: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try read(["a.yaml": "handler: x\ntopic: \(topic)"])
        }
        #expect(error?.line == 2)
        #expect(error?.description.contains("orders/create") == true)
    }

    @Test func aMissingHandlerIsAMistake() {
        #expect(throws: ConfigurationError.self) { try read(["a.yaml": "topic: orders/create"]) }
    }

    @Test func `an echo is told by fields that are sent`() throws {
        let guarded = "topic: orders/updated\nhandler: x\necho_guard: { fields: [tags] }\n"
        let error = #expect(throws: ConfigurationError.self) {
            try read([
                "a.yaml": guarded + "include_fields: [id, note]",
                "b.yaml": "topic: orders/updated\nhandler: y\ninclude_fields: [tagged, name]",
            ])
        }
        #expect(error?.line == 3)
        #expect(error?.message.contains("compares tags,") == true, "\(String(describing: error))")
        // What another file of the topic asks for is sent to both, and a file without fields asks for all.
        for other in ["include_fields: [tags]", "priority: 5"] {
            let files = [
                "a.yaml": guarded + "include_fields: [id]", "b.yaml": "topic: orders/updated\nhandler: y\n\(other)",
            ]
            #expect(try read(files).count == 2)
        }
    }

    @Test func `the mistakes of all files are named at once`() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try read([
                "a.yaml": "topic: orders/create\nhandler: x\ninclude_field: [id]\nprioritty: 3", "b.yaml": "handler: x",
                "c.yaml": "topic: orders/create\nhandler: y\n\tfilter: x",
            ])
        }
        let found = error?.all.map { "\($0.place.suffix(8)) \($0.message)" } ?? []
        #expect(found.count == 4, "\(found)")
        #expect(found.first?.hasPrefix("a.yaml:3 unknown key include_field") == true)
        #expect(found.last?.contains("is not valid YAML: ") == true)
    }
}
