import Bellhop
import Foundation

@testable import OrderCreated
@testable import RefundRequested
@testable import ReviewPosted

extension FuzzTarget {
    /// Bodies of webhooks, decoded as a handler gets them, and all that the plugins compute of them.
    static let payloads = FuzzTarget(name: "payloads", seeds: ["samples"], longest: 16_384) { data in
        guard let value = try? JSONValue(parsing: data) else { return }
        let facts = EventFacts(body: value)
        try checkOrder(data, value)
        try checkReturn(data, value)
        try checkReview(data, value)
        for text in texts(in: value) {
            try require(facts.complaints(about: text).isEmpty, "what the body says is not among its facts")
        }
    }

    private static func checkOrder(_ data: Data, _ value: JSONValue) throws {
        guard let order = try? value.decode(Order.self) else { return }
        let settings = try JSONDecoder().decode(OrderCreated.Settings.self, from: Data("{}".utf8))
        try require(OrderSignals(of: order, settings: settings).score >= 0, "signals count backwards")
        try check(order.triageData, from: data)
        try check(order.fraudData, from: data)
    }

    private static func checkReturn(_ data: Data, _ value: JSONValue) throws {
        switch try? value.decode(ReturnOrRefund.self) {
        case .requested(let request):
            _ = request.givesReasons
            try check(request.promptData, from: data)
        case .refunded(let refund): try check(refund.promptData, from: data)
        case nil: break
        }
    }

    private static func checkReview(_ data: Data, _ value: JSONValue) throws {
        guard let object = try? value.decode(Metaobject.self), let review = Review(object) else { return }
        if let rating = review.rating {
            try require((0...1).contains(rating.share), "a rating lies outside of its scale")
            _ = rating.sentiment
        }
        try check(review.promptData, from: data)
    }

    /// A prompt holds no more than the body does, beside the names of its fields, and cannot close its own block.
    private static func check(_ prompt: PromptData, from data: Data) throws {
        let text = try prompt.rendered()
        try require(text.utf8.count <= 6 * data.count + 10_000, "a prompt is longer than its data")
        try require(!text.contains("<"), "a prompt's data can close its block")
    }

    private static func texts(in value: JSONValue) -> [String] {
        switch value {
        case .null, .bool, .integer, .number: []
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(texts)
        case .object(let members): members.values.flatMap(texts)
        }
    }
}
