import BellhopConfiguration
import Foundation
import Testing
import Vocabulary

@Suite struct SubscriptionTests {
    /// Reads a folder with these files.
    private func read(_ files: [String: String]) throws -> [Subscription] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "webhooks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        return try SubscriptionReader.read(folder: folder)
    }

    @Test func filesAreReadInTheOrderOfTheirNames() throws {
        let subscriptions = try read([
            "b.yaml": "topic: orders/create\nhandler: order-created",
            "a.yml": """
            topic: metaobjects/create
            handler: review-posted
            filter: type:product_review
            include_fields: [id, fields]
            model: cheap
            settings:
              threshold: 3
              share: 0.25
              text: "3"
              list: [true, null, one]
            """,
            "notes.txt": "not read",
        ])
        #expect(subscriptions.map(\.handler) == ["review-posted", "order-created"])
        let review = try #require(subscriptions.first)
        #expect(review.filter == "type:product_review")
        #expect(review.includeFields == ["id", "fields"])
        #expect(review.model == "cheap")
        #expect(
            review.settings
                == [
                    "threshold": 3, "share": .number(Decimal(sign: .plus, exponent: -2, significand: 25)), "text": "3",
                    "list": [true, .null, "one"],
                ])
        #expect(subscriptions.last?.settings == [:])
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

    @Test(arguments: ["ORDERS_CREATE", "orders create", "Orders/Create"])
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
}
