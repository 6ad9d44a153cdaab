import Bellhop
import Foundation
import InboxCore
import InboxSQLite
import Testing

/// Headers are not signed: whoever has caught a webhook can send its body under another topic, for another shop.
@Suite("A request that its own body does not bear out", .timeLimit(.minutes(5)))
struct ForgedRequestTests {
    private static let order = Sample.order(1, customer: 7)
    private static let other = #""shop_domain":"other.myshopify.com","myshopify_domain":"other.myshopify.com""#
    private static let customer = #""customer":{"id":7,"email":"zoe@example.com"}"#

    struct Forgery: Sendable, CustomTestStringConvertible {
        var topic: Topic
        var body: String

        init(_ topic: Topic, _ body: String) { (self.topic, self.body) = (topic, body) }

        var testDescription: String { "\(topic) \(body)" }
    }

    private static var forgeries: [Forgery] {
        let topics: [Topic] = ["customers/data_request", "customers/redact", "shop/redact", "app/uninstalled"]
        let bodies = [
            order, "{}", "[]", "not JSON", "{\(customer)}", "{\(other),\(customer)}", #"{"shop_domain":1}"#,
            #"{"domain":"kelp-and-cotton.myshopify.com"}"#,
        ]
        return topics.flatMap { topic in bodies.map { Forgery(topic, $0) } } + [
            // What another topic says about the shop itself.
            Forgery("shop/redact", #"{"id":1,"domain":"kelp.example","myshopify_domain":"\#(Shop.example.domain)"}"#),
            Forgery("app/uninstalled", Sample.redactShop),
            Forgery("shop/redact", Sample.dataRequest(customer: 7)),
            Forgery("shop/redact", Sample.redact(customer: 7)),
            Forgery("customers/redact", Sample.dataRequest(customer: 7)),
            Forgery("customers/data_request", Sample.redact(customer: 7)),
        ]
    }

    @Test(arguments: forgeries)
    func `it is held, and nothing is done`(forgery: Forgery) async throws {
        try await Stage.open { stage in
            let order = try await stage.receive("orders/create", Self.order)
            try await stage.work { _ in Stage.result(.wait(until: Stage.start + 500, reason: "provider")) }
            let request = try await stage.receive(forgery.topic, forgery.body)
            try await stage.work()

            let job = try #require(try await stage.inbox.detail(of: request)?.jobs.first)
            #expect(job.summary.state == .held)
            #expect(job.summary.reason?.contains("headers are not signed") == true)
            #expect(try await stage.state(of: order) == .waiting)
            #expect(try await stage.number("SELECT count(*) FROM bodies") == 2)
            #expect(try await stage.number("SELECT count(*) FROM erasures") == 0)
            #expect(try await stage.number("SELECT count(*) FROM data_requests") == 0)
            #expect(try await stage.number("SELECT count(*) FROM absent_shops") == 0)
        }
    }

    @Test func `however a shop is written, it is the same`() async throws {
        try await Stage.open { stage in
            let request = try await stage.receive(
                "shop/redact", #"{"shop_id":1,"shop_domain":"Kelp-and-Cotton.myshopify.com"}"#)
            try await stage.work()
            #expect(try await stage.state(of: request) == .done)
        }
    }
}
