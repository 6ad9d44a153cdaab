import Bellhop
import BellhopTesting
import GiftOrders
import Testing

@Suite struct GiftOrdersTests {
    /// - Parameter note: as it stands in the JSON.
    private func effects(of note: String, models: ScriptedModels) async throws -> [Effect] {
        let sample = Sample(
            topic: "orders/create", json: #"{"admin_graphql_api_id": "gid:\/\/shopify\/Order\/1", "note": \#(note)}"#)
        return try await run(GiftOrders(settings: NoSettings()), on: sample.event(), with: models)
    }

    @Test func aGiftIsTagged() async throws {
        let models = ScriptedModels(.json("Gift", ["isGift": true]))
        let effects = try await effects(of: #""A present for my sister""#, models: models)
        #expect(effects == [.tag(.order(1), ["gift"])])
        #expect(models.questions.count == 1)
    }

    @Test func anOrderWithoutANoteAsksNoModel() async throws {
        #expect(try await effects(of: "null", models: ScriptedModels()).isEmpty)
    }
}
