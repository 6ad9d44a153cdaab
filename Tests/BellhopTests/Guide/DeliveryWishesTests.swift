import Bellhop
import BellhopTesting
import Testing

@Test func `a wish becomes a tag, and the model sees no phone number`() async throws {
    let sample = Sample(
        topic: "orders/create", json: #"{"id": 7, "note": "On Saturday please, else call 503-555-0117"}"#)
    let models = ScriptedModels(
        // Refused by the check: the event names no such order.
        .json("Wish", ["day": "saturday", "summary": "Like #9999, on Saturday."]),
        .json("Wish", ["day": "saturday", "summary": "Deliver on Saturday."]))

    let effects = try await run(DeliveryWishes(settings: NoSettings()), on: sample.event(), with: models)

    #expect(effects == [.tag(.order(7), ["delivery:saturday"]), .note(.order(7), "Deliver on Saturday.")])
    #expect(models.questions.first?.data.contains("else call [phone]") == true)
    #expect(models.questions.first?.policy.noTraining == true)
    #expect(models.questions.first?.rejections == ["names an order number that is not in the event"])
}
