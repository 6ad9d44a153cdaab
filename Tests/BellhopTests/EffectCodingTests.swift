import Bellhop
import Foundation
import Testing

@Suite struct EffectCodingTests {
    /// Stored effects have to be readable by every later version: these texts must never change.
    private static let stored: [(effect: Effect, json: String)] = [
        (
            .tag(.order(1), ["gift", "urgent"]),
            #"{"kind":"tag","resource":"gid://shopify/Order/1","tags":["gift","urgent"]}"#
        ),
        (
            .note(.product(2), "Grüße/1"),
            #"{"kind":"note","resource":"gid://shopify/Product/2","text":"Grüße/1"}"#
        ),
        (
            .metafield(.product(3), Effect.Metafield(key: "mood", value: "happy")),
            #"{"kind":"metafield","metafield":{"key":"mood","namespace":"bellhop","type":"single_line_text_field","#
                + #""value":"happy"},"resource":"gid://shopify/Product/3"}"#
        ),
        (
            .post(Effect.Post(to: "warehouse", ["order": 1])),
            #"{"body":{"order":1},"destination":"warehouse","kind":"post"}"#
        ),
        (
            .post(Effect.Post(to: "erp", .null, writes: [Effect.Write(.order(1), ["tags": "gift"])])),
            #"{"body":null,"destination":"erp","kind":"post","writes":[{"fields":{"tags":"gift"},"#
                + #""resource":"gid://shopify/Order/1"}]}"#
        ),
    ]

    @Test(arguments: stored)
    func `an effect has one fixed JSON form and comes back from it`(effect: Effect, json: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(effect), as: UTF8.self) == json)
        #expect(String(decoding: try effect.canonicalData(), as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(Effect.self, from: Data(json.utf8)) == effect)
    }

    @Test(
        arguments: [
            #"{"kind":"email","resource":"gid://shopify/Order/1"}"#, #"{"kind":"tag","resource":"Order 1","tags":[]}"#,
            #"{"kind":"tag","resource":"gid://shopify/Order/1"}"#, #"{"resource":"gid://shopify/Order/1"}"#,
        ])
    func `anything else is refused`(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Effect.self, from: Data(json.utf8)) }
    }

    @Test func `every kind of effect is covered here`() {
        #expect(Set(Self.stored.map(\.effect.kind)) == Set(Effect.Kind.allCases))
    }
}
