import Bellhop
import Testing

@Suite struct SettingsTests {
    private struct Example: Decodable, Equatable {
        var threshold = 4
        var tone = "warm"
        var strict = false
        var limit = MoneyAmount(whole: 500)

        init() {}

        init(from decoder: any Decoder) throws {
            var reader = try SettingsReader(decoder)
            threshold = try reader.value("threshold", in: 1...20, default: threshold)
            tone = try reader.text("tone", maxLength: 10, default: tone)
            strict = try reader.value("strict", default: strict)
            limit = try reader.value("limit", default: limit)
            try reader.finish()
        }
    }

    @Test func `what is not set keeps its default`() throws {
        #expect(try JSONValue.object([:]).decode(Example.self) == Example())
        #expect(try JSONValue.object(["threshold": .null]).decode(Example.self) == Example())
    }

    @Test func `what is set is read`() throws {
        let json: JSONValue = ["threshold": 9, "tone": "dry", "strict": true, "limit": "99.50"]
        let settings = try json.decode(Example.self)
        #expect(settings.threshold == 9)
        #expect(settings.tone == "dry")
        #expect(settings.strict)
        #expect(settings.limit == MoneyAmount("99.5"))
    }

    @Test(
        arguments: [
            (["threshold": 21], "threshold must be from 1 to 20"),
            (["threshold": "high"], "threshold must be a whole number"),
            (["tone": "much too long"], "tone must have at most 10 characters"),
            (["strict": 1], "strict must be true or false"),
            (["limit": "lots"], "limit must be a number"),
            (["treshold": 5], "treshold is not a setting of this handler; it has: limit, strict, threshold, tone"),
            (["a", "b"], "settings must be keys with values"),
        ] as [(JSONValue, String)])
    func `a mistake is told in words`(json: JSONValue, message: String) {
        #expect(throws: SettingsError(message)) { try json.decode(Example.self) }
    }

    @Test func `a handler without settings refuses every key`() throws {
        _ = try JSONValue.object([:]).decode(NoSettings.self)
        #expect(throws: SettingsError("colour is set, but this handler has no settings")) {
            try JSONValue.object(["colour": "red"]).decode(NoSettings.self)
        }
    }
}
