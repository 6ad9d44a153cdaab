import Bellhop
import Foundation
import InboxCore
import Testing

extension MemoryInbox {
    /// An inbox with two posts of one event, and their keys.
    static func withTwoPosts() async throws -> (MemoryInbox, keys: [String]) {
        let inbox = MemoryInbox()
        let delivery = Delivery(
            sender: "shopify", shop: try #require(Shop(domain: "kelp-and-cotton.myshopify.com")),
            topic: "orders/create", webhookID: "w", body: Data("{}".utf8), bodyHash: Data(count: 32),
            receivedAt: ShelfInbox.receivedAt)
        _ = await inbox.accept(delivery, handlers: ["forward-event"], holdReason: nil)
        let claim = try #require(
            await inbox.claim(limit: 1, now: ShelfInbox.receivedAt, leaseFor: .seconds(60)).first)
        let effects: [Effect] = [.post(.init(to: "erp", ["n": 1])), .post(.init(to: "crm", ["n": 2]))]
        _ = await inbox.finish(
            claim,
            with: JobResult(
                outcome: .done(effects: effects), calls: [], startedAt: claim.delivery.receivedAt,
                finishedAt: claim.delivery.receivedAt))
        return (inbox, [0, 1].map { "\(claim.deliveryID)/forward-event/\($0)" })
    }
}
