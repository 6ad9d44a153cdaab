import Foundation
import Testing
import Vocabulary

struct SchemaTests {
    private static let verdict: Schema = .object([
        "label": .string(oneOf: ["happy", "unhappy"]),
        "confidence": .number(0...1).described("How sure you are."),
        "themes": .array(of: .string(minLength: 2, maxLength: 10), count: 1...3),
        "stars": .integer(1...5).nullable,
    ])

    private let valid: JSONValue = ["label": "happy", "confidence": 1, "themes": ["fit"], "stars": .null]

    private func valid(with name: String, _ value: JSONValue?) -> JSONValue {
        var members = valid.members ?? [:]
        members[name] = value
        return .object(members)
    }

    @Test func `accepts what satisfies every rule`() {
        #expect(Self.verdict.violations(in: valid).isEmpty)
        #expect(Self.verdict.violations(in: valid(with: "stars", 5)).isEmpty)
        #expect(Self.verdict.violations(in: valid(with: "confidence", .number(0.5))).isEmpty)
    }

    @Test(
        arguments: [
            ("label", "HAPPY", "label must be one of: happy, unhappy"),
            ("confidence", "high", "confidence must be a number"),
            ("confidence", .number(1.01), "confidence must be from 0.0 to 1.0"),
            ("themes", [], "themes must have from 1 to 3 elements"),
            ("themes", ["ok", "x"], "themes[1] must have from 2 to 10 characters"),
            ("stars", 6, "stars must be from 1 to 5"),
            ("stars", .number(2.5), "stars must be a whole number"),
            ("stars", .number(1e30), "stars must be from 1 to 5"),
            ("stars", .bool(true), "stars must be a whole number"),
            ("stars", "3", "stars must be a whole number"),
            ("confidence", .null, "confidence must be a number"),
            ("confidence", .bool(true), "confidence must be a number"),
            ("confidence", -1, "confidence must be from 0.0 to 1.0"),
            ("themes", "fit", "themes must be a list"),
            ("themes", ["ok", 1], "themes[1] must be a text"),
            ("themes", ["ok", "so", "no", "on"], "themes must have from 1 to 3 elements"),
            ("label", 1, "label must be one of: happy, unhappy"),
            ("label", .null, "label must be one of: happy, unhappy"),
            ("mood", "fine", "answer has a property that the schema does not name"),
            ("label", nil, "label is missing"),
        ] as [(String, JSONValue?, String)])
    func `names the broken rule and its place`(name: String, value: JSONValue?, violation: String) {
        let found = Self.verdict.violations(in: valid(with: name, value)).map(\.description)
        #expect(found == [violation])
    }

    @Test func `never repeats the value`() {
        let secret: JSONValue = [
            "label": "s3cret", "confidence": "s3cret", "themes": ["s", "s3cret s3cret"], "s3cret": "s3cret",
        ]
        let found = Self.verdict.violations(in: secret)
        #expect(found.count >= 5)
        #expect(!found.description.contains("s3cret"))
    }

    @Test(arguments: [0.07, 0.11, 0.95, 0.0003, 1e-7, 123_456.789])
    func `takes the bounds of a range as part of it`(bound: Double) throws {
        let value = try JSONValue(parsing: Data("\(bound)".utf8))
        #expect(Schema.number(0...bound).violations(in: value).isEmpty)
        #expect(Schema.number(bound...1_000_000).violations(in: value).isEmpty)
        #expect(Schema.number(0...bound.nextDown).violations(in: value).count == 1)
    }

    @Test func `wants whole numbers to fit into 64 bits`() throws {
        let schema = Schema.integer()
        #expect(schema.violations(in: .integer(.max)).isEmpty)
        #expect(schema.violations(in: .number(3)).isEmpty)
        let beyond = try JSONValue(parsing: Data("9223372036854775808".utf8))
        #expect(
            schema.violations(in: beyond).map(\.rule) == ["must be from -9223372036854775808 to 9223372036854775807"])
        #expect(schema.violations(in: .number(.nan)).map(\.rule) == ["must be a whole number"])
        #expect(Schema.number(0...1).violations(in: .number(.nan)).count == 1)
    }

    @Test func `says what the whole answer must be`() {
        #expect(Self.verdict.violations(in: []).map(\.description) == ["answer must be an object"])
        #expect(Schema.boolean.violations(in: 1).map(\.description) == ["answer must be true or false"])
        #expect(Schema.array(of: .boolean, count: -2 ... -1).violations(in: [1]).count == 1)
    }

    @Test func `counts the length of a text in code points`() {
        let schema = Schema.string(maxLength: 5)
        #expect(schema.violations(in: "Größe").isEmpty)
        #expect(schema.violations(in: "🙂🙂🙂🙂🙂").isEmpty)
        let tower = "a" + String(repeating: "\u{301}", count: 10_000)
        #expect(schema.violations(in: .string(tower)).map(\.rule) == ["must have from 0 to 5 characters"])
    }

    @Test func `reports a bounded number of violations for a hostile answer`() {
        let schema = Schema.array(of: .boolean, count: 0...100)
        let value = JSONValue.array(Array(repeating: 1, count: 10_000))
        #expect(schema.violations(in: value).count == 20)
    }

    @Test func `becomes JSON Schema with bounds`() throws {
        let json = Self.verdict.json
        #expect(json["additionalProperties"] == false)
        #expect(json["required"] == ["label", "confidence", "themes", "stars"])
        #expect(json["properties"]?["confidence"]?["maximum"]?.decimal == 1)
        #expect(json["properties"]?["confidence"]?["description"] == "How sure you are.")
        #expect(json["properties"]?["themes"]?["items"]?["minLength"] == 2)
        #expect(json["properties"]?["stars"]?["anyOf"]?[1]?["type"] == "null")
    }

    @Test func `becomes strict JSON Schema with its bounds in words`() throws {
        let json = Self.verdict.strictJSON
        let text = String(decoding: try json.canonicalData(), as: UTF8.self)
        for keyword in ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"] {
            #expect(!text.contains(keyword))
        }
        #expect(json["required"] == ["label", "confidence", "themes", "stars"])
        #expect(json["properties"]?["confidence"]?["description"] == "How sure you are. From 0.0 to 1.0.")
        #expect(json["properties"]?["themes"]?["description"] == "From 1 to 3 elements.")
        #expect(json["properties"]?["themes"]?["items"]?["description"] == "From 2 to 10 characters.")
        #expect(json["properties"]?["label"]?["enum"] == ["happy", "unhappy"])
    }
}
