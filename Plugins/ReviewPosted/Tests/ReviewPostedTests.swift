import Bellhop
import BellhopTesting
import Foundation
import Testing

@testable import ReviewPosted

@Suite struct ReviewPostedTests {
    private func review(_ fields: JSONValue, type: String = "product_review") throws -> Sample {
        let body: JSONValue = ["type": .string(type), "fields": fields]
        return Sample(
            topic: "metaobjects/create", json: String(decoding: try body.canonicalData(), as: UTF8.self))
    }

    private var unhappy: JSONValue {
        ["title": "Broken", "rating": "1", "language": "en", "product": "gid://shopify/Product/5"]
    }

    private func draft(_ text: String, language: String = "en") -> ScriptedAnswer {
        .json("ReplyDraft", ["language": .string(language), "text": .string(text)])
    }

    private let sad = ScriptedAnswer.json("ReviewReading", ["sentiment": "unhappy", "themes": []])
    private let sorry = "We are sorry that this went wrong. Please get in touch with us."

    private func run(
        _ fields: JSONValue, _ models: ScriptedModels, settings: JSONValue = [:]
    ) async throws -> [Effect] {
        try await BellhopTesting.run(
            ReviewPosted(settings: settings.decode(ReviewPosted.Settings.self)), on: review(fields).event(),
            with: models)
    }

    @Test func `the lowest rating is never happy`() async throws {
        let models = ScriptedModels(.json("ReviewReading", ["sentiment": "happy", "themes": []]), sad, draft(sorry))
        _ = try await run(unhappy, models)
        #expect(models.questions.first?.rejections == ["calls a review with the lowest rating happy"])
    }

    @Test(
        arguments: [
            ("We are sorry. Write to help@example.com or see our pages.", "contains a link or an address"),
            ("We are sorry. See https://example.com for what to do next.", "contains a link or an address"),
            ("We are sorry. Here are 20% off your next order with us.", "names a percentage"),
            ("Dear [name], we are sorry that this went so very wrong.", "contains a placeholder"),
            ("We are sorry and will pay back 49.90 to you at once today.", "names an amount that is not in the event"),
        ])
    func `a draft that goes too far is refused`(text: String, complaint: String) async throws {
        let models = ScriptedModels(sad, draft(text), draft(sorry))
        _ = try await run(unhappy, models)
        #expect(models.questions.last?.rejections == [complaint])
    }

    @Test func `a draft has to be in the language of the review`() async throws {
        let models = ScriptedModels(sad, draft(sorry, language: "de"), draft(sorry, language: "en-GB"))
        _ = try await run(unhappy, models)
        #expect(models.questions.last?.rejections == ["is not in the language of the review"])
    }

    @Test func `tone and signature come from the settings`() async throws {
        let models = ScriptedModels(sad, draft(sorry))
        let effects = try await run(unhappy, models, settings: ["tone": "very dry", "signature": "Team Kelp"])
        #expect(models.questions.last?.instructions.contains("Tone: very dry.") == true)
        guard case .note(_, let note)? = effects.last else {
            Issue.record("no note")
            return
        }
        #expect(note.hasSuffix("\n\nTeam Kelp"))
    }

    @Test func `a review of nothing known is held`() async throws {
        await #expect(throws: HandlerError.hold("the review names neither a product nor an order")) {
            try await run(["title": "Hm", "product": "gid://shopify/Order/1"], ScriptedModels())
        }
    }

    @Test func `a review without words and stars is left alone`() async throws {
        #expect(try await run(["title": " ", "body": .null, "rating": "great"], ScriptedModels()).isEmpty)
    }

    @Test(arguments: [#"{"type": "product_review"}"#, #"{"type": "product_review", "fields": {}}"#])
    func `a review without any field is held, because the fields may not be sent`(json: String) async throws {
        let event: Event<Metaobject> = try Sample(topic: "metaobjects/create", json: json).event()
        await #expect {
            _ = try await BellhopTesting.run(ReviewPosted(settings: .init()), on: event)
        } throws: { error in
            guard case HandlerError.hold(let reason)? = error as? HandlerError else { return false }
            return reason.contains("include_fields")
        }
    }

    @Test func `a metaobject of another type may have no fields`() async throws {
        let sample = Sample(topic: "metaobjects/create", json: #"{"type": "size_chart"}"#)
        #expect(try await BellhopTesting.run(ReviewPosted(settings: .init()), on: sample.event()).isEmpty)
    }

    @Test(
        arguments: [
            (#""{\"scale_min\":\"1.0\",\"scale_max\":\"5.0\",\"value\":\"2.0\"}""#, "2 on a scale from 1 to 5"),
            (#"{"scale_min": 0, "scale_max": 10, "value": 7.5}"#, "7.5 on a scale from 0 to 10"),
            (#"{"value": "4"}"#, "4 on a scale from 1 to 5"), ("3", "3 on a scale from 1 to 5"),
            (#""5.0""#, "5 on a scale from 1 to 5"),
        ])
    func `a rating is read in each of its forms`(json: String, shown: String) throws {
        #expect(try Rating(JSONValue(parsing: Data(json.utf8)))?.description == shown)
    }

    @Test(arguments: [
        "null", #""""#, #""five""#, "6", "-1", #"{"scale_min": 5, "scale_max": 1, "value": 3}"#, "[]", #""nan""#,
        #"{"scale_max": "x", "value": 3}"#,
    ])
    func `what is no rating on its scale is none`(json: String) throws {
        #expect(try Rating(JSONValue(parsing: Data(json.utf8))) == nil)
    }

    @Test func `ways to reach the customer in a review reach no model and no draft`() async throws {
        let fields: JSONValue = [
            "title": "Broken", "body": "Call me on 503-555-0117 or write to dummy@example.com!", "rating": "1",
            "product": "gid://shopify/Product/5",
        ]
        let models = ScriptedModels(sad, draft("We are sorry and will write to [email] right away."), draft(sorry))
        _ = try await run(fields, models)
        for question in models.questions {
            #expect(question.data.contains("Call me on [phone] or write to [email]!"))
        }
        #expect(models.questions.last?.rejections == ["contains a placeholder"])
    }
}
