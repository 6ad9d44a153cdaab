import Bellhop
import BellhopTesting
import Testing

@testable import RefundRequested

@Suite struct RefundRequestedTests {
    private func run(
        _ json: String, topic: Topic = "returns/request", _ models: ScriptedModels, settings: JSONValue = [:]
    ) async throws -> [Effect] {
        try await BellhopTesting.run(
            RefundRequested(settings: settings.decode(RefundRequested.Settings.self)),
            on: Sample(topic: topic, json: json).event(), with: models)
    }

    private let defective = ##"{"order": {"id": 5}, "return_line_items": [{"return_reason": "defective"}]}"##

    private func advice(_ word: String, confidence: String = "high", reason: String = "Clear.") -> ScriptedAnswer {
        .json(
            "ReturnAdvice",
            ["recommendation": .string(word), "confidence": .string(confidence), "reasons": [.string(reason)]])
    }

    @Test func `unsure advice becomes a closer look`() async throws {
        let effects = try await run(defective, ScriptedModels(advice("decline", confidence: "low")))
        #expect(
            effects == [
                .tag(.order(5), ["return:look-closer"]),
                .note(.order(5), "Return requested. Advice: look closer (confidence: low).\n- Clear."),
            ])
    }

    @Test func `sure advice stays`() async throws {
        let effects = try await run(defective, ScriptedModels(advice("decline", confidence: "medium")))
        #expect(effects.first == .tag(.order(5), ["return:decline-advised"]))
    }

    @Test func `a reason that names money is refused, for the webhook holds none`() async throws {
        let models = ScriptedModels(advice("approve", reason: "Pay back 48.00."), advice("approve"))
        _ = try await run(defective, models)
        #expect(models.questions.first?.rejections == ["names an amount that is not in the event"])
    }

    @Test func `the policy of the shop is part of the instructions`() async throws {
        let models = ScriptedModels(advice("approve"))
        _ = try await run(defective, models, settings: ["policy": "No returns on Sundays."])
        #expect(
            models.questions.first?.instructions.hasSuffix("The shop's return policy: No returns on Sundays.") == true)
    }

    @Test(
        arguments: [
            ##"{"order": {"id": 5}}"##, ##"{"order": {"id": 5}, "return_line_items": []}"##,
            ##"{"order": {"id": 5}, "return_line_items": [{"return_reason": null, "customer_note": " "}]}"##,
            ##"{"order": {"id": 5}, "return_line_items": [{"return_reason": "OTHER", "return_reason_note": ""}]}"##,
        ])
    func `without a reason nothing is asked`(json: String) async throws {
        let models = ScriptedModels()
        #expect(try await run(json, models).first == .tag(.order(5), ["return:look-closer"]))
        #expect(models.questions.isEmpty)
    }

    @Test func `the shape of the body decides, not the topic`() async throws {
        let explanation = ScriptedAnswer.json("RefundExplanation", ["cause": "goodwill", "summary": "Kindness."])
        let effects = try await run(##"{"order_id": 6, "note": null}"##, ScriptedModels(explanation))
        #expect(
            effects == [
                .tag(.order(6), ["refund:goodwill"]),
                .note(.order(6), "Refund of no items; no money is known to have moved.\nKindness."),
            ])
    }

    @Test(arguments: ["{}", "[]", ##"{"id": 1, "order": {}}"##, ##"{"order_id": "six"}"##, ##"{"order": null}"##])
    func `a body that names no order does not decode`(json: String) {
        #expect(throws: DecodingError.self) {
            try Sample(topic: "returns/request", json: json).event(of: ReturnOrRefund.self)
        }
    }

    @Test func `a computed sum may be named`() async throws {
        let json = ##"""
            {"order_id": 6, "transactions": [
              {"kind": "refund", "status": "success", "amount": "10.10", "currency": "EUR"},
              {"kind": "refund", "status": "success", "amount": 5.05, "currency": "EUR"},
              {"kind": "refund", "status": "failure", "amount": "99.99", "currency": "EUR"},
              {"kind": "void", "status": "success", "amount": "1.00", "currency": "EUR"}]}
            """##
        let models = ScriptedModels(
            .json("RefundExplanation", ["cause": "unclear", "summary": "15.15 went back in two parts."]))
        let effects = try await run(json, topic: "refunds/create", models)
        #expect(
            effects.last == .note(.order(6), "Refund of no items: 15.15 EUR paid back.\n15.15 went back in two parts."))
    }

    @Test func `amounts in two currencies are not added`() async throws {
        let refund = try Sample(
            topic: "refunds/create",
            json: ##"""
                {"order_id": 6, "transactions": [
                  {"kind": "refund", "status": "success", "amount": "1.00", "currency": "EUR"},
                  {"kind": "refund", "status": "success", "amount": "1.00", "currency": "USD"}]}
                """##
        ).event(of: Refund.self).payload
        #expect(refund.totalPaidBack == nil)
    }

    @Test func `ways to reach the customer in notes reach no model`() async throws {
        let json = ##"""
            {"order": {"id": 5}, "return_line_items": [{"return_reason": "defective",
              "return_reason_note": "Called from +1 503 555 0117", "customer_note": "Mail dummy@example.com about #1047"}]}
            """##
        let models = ScriptedModels(advice("approve"))
        _ = try await run(json, models)
        let data = try #require(models.questions.first?.data)
        #expect(data.contains(#""staff_note":"Called from [phone]""#))
        #expect(data.contains(#""customer_note":"Mail [email] about #1047""#))
    }
}
