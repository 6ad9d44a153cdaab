import Bellhop
import BellhopTesting
import Testing

@testable import OrderCreated

@Suite struct OrderCreatedTests {
    private let risky = Sample(
        topic: "orders/create",
        json: ##"""
            {"id": 7, "name": "#1060", "note": "Thank you!", "total_price": "900.00",
             "line_items": [{"name": "Gift Card", "gift_card": true}]}
            """##)
    private let plain: JSONValue = ["urgency": "normal", "gift": false, "request": "none", "summary": ""]

    private func run(_ models: ScriptedModels, settings: JSONValue = [:]) async throws -> [Effect] {
        try await BellhopTesting.run(
            OrderCreated(settings: settings.decode(OrderCreated.Settings.self)), on: risky.event(), with: models)
    }

    @Test func `below the threshold nothing is asked about fraud`() async throws {
        let models = ScriptedModels(.json("OrderTriage", plain))
        #expect(try await run(models, settings: ["risk_threshold": 5]).isEmpty)
    }

    @Test(
        arguments: [
            (#""note": "   ""#, false), (#""note": "Hello""#, true),
            (#""note_attributes": [{"name": "_ref", "value": "1"}]"#, false),
            (#""note_attributes": [{"name": "Wish", "value": "soon"}]"#, true),
            (#""line_items": [{"name": "Towel", "properties": [{"name": "Monogram", "value": "Z"}]}]"#, true),
            (#""line_items": [{"name": "Towel", "properties": [{"name": "_ref", "value": "1"}]}]"#, false),
        ])
    func `only words of the customer cost a question`(field: String, asked: Bool) async throws {
        let sample = Sample(topic: "orders/create", json: #"{"id": 7, \#(field)}"#)
        let models = ScriptedModels(.json("OrderTriage", plain))
        let effects = try await BellhopTesting.run(OrderCreated(settings: .init()), on: sample.event(), with: models)
        #expect(effects.isEmpty)
        #expect(models.questions.count == (asked ? 1 : 0))
    }

    @Test func `a reason that names an invented amount is refused`() async throws {
        let models = ScriptedModels(
            .json("OrderTriage", plain),
            .json("FraudAssessment", ["risk": "low", "reasons": ["Only 12.34 at stake."], "next_step": "ship"]),
            .json("FraudAssessment", ["risk": "low", "reasons": ["Only 900.00 at stake."], "next_step": "ship"]))
        #expect(try await run(models).first == .tag(.order(7), ["risk:low"]))
        #expect(models.questions.last?.rejections == ["names an amount that is not in the event"])
    }

    @Test func `high risk cannot go with shipping`() async throws {
        let models = ScriptedModels(
            .json("OrderTriage", plain),
            .json("FraudAssessment", ["risk": "high", "reasons": ["Gift cards."], "next_step": "ship"]))
        await #expect(throws: ScriptError.self) { try await run(models) }
        #expect(models.questions.last?.rejections == ["calls the risk high and would ship all the same"])
    }

    @Test func `a mark without a summary still gets a note`() async throws {
        let models = ScriptedModels(
            .json("OrderTriage", ["urgency": "urgent", "gift": true, "request": "change", "summary": ""]))
        let effects = try await run(models, settings: ["risk_threshold": 20])
        #expect(
            effects == [
                .tag(.order(7), ["urgent", "gift", "request:change"]),
                .note(.order(7), "Marked: urgent, gift, request:change."),
            ])
    }

    @Test func `long notes and long lists are cut before they are sent`() async throws {
        let text = String(repeating: "please ", count: 1_000)
        let property: JSONValue = ["name": .string(text), "value": .string(text)]
        let item: JSONValue = ["name": "Towel", "properties": .array(Array(repeating: property, count: 10))]
        let order: JSONValue = [
            "id": 7, "note": .string(text), "note_attributes": .array(Array(repeating: property, count: 50)),
            "line_items": .array(Array(repeating: item, count: 30)),
        ]
        let sample = Sample(topic: "orders/create", json: String(decoding: try order.canonicalData(), as: UTF8.self))
        let models = ScriptedModels(.json("OrderTriage", plain))
        _ = try await BellhopTesting.run(OrderCreated(settings: .init()), on: sample.event(), with: models)
        let data = try #require(models.questions.first?.data)
        #expect(data.utf8.count < 80_000)
        #expect(data.contains("[…]"))
        #expect(data.contains(#""number_of_items":30"#))
    }

    @Test func `ways to reach the customer in a note or an attribute reach no model`() async throws {
        let sample = Sample(
            topic: "orders/create",
            json: ##"""
                {"id": 7, "name": "#1060", "total_price": "900.00",
                 "note": "Order #1060: call 503-555-0117 or mail dummy@example.com, 12 sample street",
                 "note_attributes": [{"name": "Delivery address", "value": "Somewhere else 3"}],
                 "shipping_address": {"address1": "12 Sample Street", "city": "Portland", "country_code": "US"},
                 "line_items": [{"name": "Gift Card", "gift_card": true, "price": "900.00"}]}
                """##)
        let models = ScriptedModels(
            .json("OrderTriage", plain),
            .json("FraudAssessment", ["risk": "low", "reasons": ["Only 900.00 on #1060."], "next_step": "ship"]))
        _ = try await BellhopTesting.run(OrderCreated(settings: .init()), on: sample.event(), with: models)
        #expect(models.questions.count == 2)
        for question in models.questions {
            #expect(question.data.contains(#""note":"Order #1060: call [phone] or mail [email], [address]""#))
            #expect(!question.data.contains("Somewhere"))
            #expect(question.rejections.isEmpty)
        }
    }

    @Test func `an address that is worded like a signal strikes none`() async throws {
        let sample = Sample(
            topic: "orders/create",
            json: ##"""
                {"id": 7, "note": "Thank you!", "total_price": "900.00",
                 "line_items": [{"name": "Gift Card", "gift_card": true}], "shipping_address": {"address1": "gift cards were bought", "city": "high value"}}
                """##)
        let models = ScriptedModels(
            .json("OrderTriage", plain),
            .json("FraudAssessment", ["risk": "low", "reasons": ["Gift cards."], "next_step": "ship"]))
        _ = try await BellhopTesting.run(OrderCreated(settings: .init()), on: sample.event(), with: models)
        let instructions = try #require(models.questions.last?.instructions)
        #expect(instructions.contains("- the order is of high value for this shop\n- gift cards were bought"))
    }
}
