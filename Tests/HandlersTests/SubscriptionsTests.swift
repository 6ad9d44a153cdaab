import Bellhop
import Foundation
import Handlers
import Testing

/// The files in `webhooks/` held against the handlers that they name.
@Suite struct SubscriptionsTests {
    private let subscriptions: [ShippedSubscription]

    init() throws {
        subscriptions = try ShippedSubscription.all()
    }

    /// What is posted somewhere only the owner of the place can subscribe to.
    @Test func `every topic of every handler that posts nowhere has a subscription, and none names another`() {
        let declared = BuiltInHandlers.all.filter { !$0.effects.contains(.post) }.flatMap { type in
            type.topics.map { "\($0) \(type.id)" }
        }
        #expect(subscriptions.map { "\($0.topic) \($0.handler)" }.sorted() == declared.sorted())
    }

    @Test func `each file begins by saying what it does`() throws {
        for name in try Repository.names(in: "webhooks") {
            #expect(try Repository.text(of: "webhooks/\(name)").hasPrefix("# "), "\(name)")
        }
    }

    @Test func `the handlers accept the settings`() throws {
        for subscription in subscriptions {
            let handler = try #require(BuiltInHandlers.all.first { $0.id == subscription.handler })
            _ = try make(handler, settings: subscription.settings ?? [:])
        }
    }

    @Test func `a misspelt setting is refused by every handler`() {
        for handler in BuiltInHandlers.all {
            #expect(throws: SettingsError.self) { try make(handler, settings: ["no_such_setting": 1]) }
        }
    }

    @Test func `metaobject topics have a filter by type`() {
        for subscription in subscriptions where subscription.topic.rawValue.hasPrefix("metaobjects/") {
            #expect(subscription.filter?.contains("type:") == true)
        }
    }

    private func make<Handler: WebhookHandler>(_ type: Handler.Type, settings: JSONValue) throws -> Handler {
        try Handler(settings: settings.decode(Handler.Settings.self))
    }
}
