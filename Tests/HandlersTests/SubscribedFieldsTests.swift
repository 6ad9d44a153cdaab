import Bellhop
import BellhopTesting
import Foundation
import Handlers
import InboxCore
import Privacy
import Testing

/// What `webhooks/` asks Shopify for, held against what is done with it: the samples as they are, and with the fields
/// of the subscription alone.
@Suite struct SubscribedFieldsTests {
    private static let samples = Repository.url(of: "samples")
    private static let shipped = Result { try ShippedSubscription.all() }

    @Test(arguments: try shipped.get())
    func `a handler asks and wants the same with the fields of its file as with all`(
        subscription: ShippedSubscription
    ) async throws {
        let handler = try #require(BuiltInHandlers.all.first { $0.id == subscription.handler })
        for (whole, sent) in try bodies(of: subscription) {
            let expected = try await run(handler, settings: subscription.settings ?? [:], on: whole)
            let result = try await run(handler, settings: subscription.settings ?? [:], on: sent)
            #expect(result.effects == expected.effects, "\(whole)")
            #expect(result.questions.map(\.data) == expected.questions.map(\.data), "\(whole)")
            #expect(result.questions.map(\.instructions) == expected.questions.map(\.instructions), "\(whole)")
            #expect(result.questions.flatMap(\.rejections) == [], "\(whole)")
        }
    }

    @Test(arguments: try shipped.get())
    func `what orders events and tells their versions is sent`(subscription: ShippedSubscription) throws {
        for (whole, sent) in try bodies(of: subscription) {
            let (all, left) = (try JSONValue(parsing: whole.body), try JSONValue(parsing: sent.body))
            for key in ["id", "admin_graphql_api_id", "order_id", "updated_at", "created_at"] {
                #expect(left[key] == all[key], "\(key) of \(whole)")
            }
            #expect(left["order"]?["id"] == all["order"]?["id"], "\(whole)")
        }
    }

    @Test(arguments: try shipped.get())
    func `the customers and orders that a body is about are found by what is sent`(
        subscription: ShippedSubscription
    ) throws {
        for (whole, sent) in try bodies(of: subscription) {
            let all = try subjects(of: whole).filter { [.customer, .order].contains($0.kind) }
            #expect(try subjects(of: sent) == all, "\(whole)")
        }
    }

    @Test(arguments: try shipped.get())
    func `no file asks for names, e-mail addresses or telephone numbers, nor for addresses that are not redacted`(
        subscription: ShippedSubscription
    ) throws {
        let handler = try #require(BuiltInHandlers.all.first { $0.id == subscription.handler })
        let addresses = [
            "address1", "address2", "city", "company", "latitude", "longitude", "province", "province_code", "zip",
        ]
        let personal =
            ["email", "phone", "name", "first_name", "last_name", "browser_ip", "author_display_name"]
            + (handler.redacts.contains(.address) ? [] : addresses)
        let fields = try #require(subscription.include_fields)
        let parts = ["billing_address", "shipping_address", "customer", "fields"]
        #expect(Set(fields).isDisjoint(with: parts))
        for part in parts {
            #expect(Set(fields).isDisjoint(with: personal.map { "\(part).\($0)" }))
        }
        #expect(Set(fields).isDisjoint(with: personal.filter { $0 != "name" }))
    }

    /// Every sample of the topic: whole, and what of it is sent.
    private func bodies(of subscription: ShippedSubscription) throws -> [(whole: Sample, sent: Sample)] {
        let fields = try #require(subscription.include_fields, "\(subscription.topic) is sent whole")
        return try Sample.all(of: subscription.topic, in: Self.samples).map { whole in
            let sent = try JSONValue(parsing: whole.body).keeping(fields).canonicalData()
            return (
                whole,
                Sample(topic: whole.topic, name: whole.name, json: try #require(String(bytes: sent, encoding: .utf8)))
            )
        }
    }

    private func run<Handler: WebhookHandler>(
        _ type: Handler.Type, settings: JSONValue, on sample: Sample
    ) async throws -> (effects: [Effect], questions: [AskedQuestion]) {
        let models = try CannedAnswers(folder: Self.samples.appending(path: "answers")).models()
        let effects = try await BellhopTesting.run(
            Handler(settings: settings.decode(Handler.Settings.self)), on: sample.event(), with: models)
        return (effects, models.questions)
    }

    private func subjects(of sample: Sample) throws -> Set<Subject> {
        let delivery = Delivery(
            sender: "shopify", shop: .example, topic: sample.topic, webhookID: sample.name, body: sample.body,
            bodyHash: Data(), receivedAt: Date())
        guard case .read(let subjects) = SubjectReader.read(delivery) else {
            Issue.record("\(sample) cannot be read")
            return []
        }
        return subjects
    }
}

extension JSONValue {
    /// What is left of a body when these fields are asked for.
    fileprivate func keeping(_ paths: [String]) -> JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map { $0.keeping(paths) })
        case .object(let members):
            var kept: [String: JSONValue] = [:]
            for (name, value) in members {
                let below = paths.filter { $0.hasPrefix("\(name).") }.map { String($0.dropFirst(name.count + 1)) }
                if paths.contains(name) {
                    kept[name] = value
                } else if !below.isEmpty {
                    kept[name] = value.keeping(below)
                }
            }
            return .object(kept)
        default: return self
        }
    }
}
