import Foundation
import Testing
import Vocabulary

@testable import ModelStandIn

struct MinimalReplyTests {
    @Test(arguments: [
        Schema.boolean, .integer(), .integer(3...9), .integer(-9...(-3)), .number(), .number(0.25...0.5), .string,
        .string(minLength: 20, maxLength: 30), .string(maxLength: 3), .string(oneOf: ["a", "b"]),
        .array(of: .boolean), .array(of: .integer(1...2), count: 2...4), .string.nullable,
        .object(["label": .string(oneOf: ["x"]), "themes": .array(of: .string(maxLength: 5), count: 1...3)]),
    ])
    func isValidForEverySchemaAHandlerCanWrite(schema: Schema) {
        #expect(schema.violations(in: MinimalReply.value(for: schema.json)).isEmpty)
    }

    @Test(
        arguments: [
            (["const": "x"], "x"), (["type": ["string", "null"], "maxLength": 2], "st"),
            (["oneOf": [["type": "boolean"], ["type": "null"]]], true),
            (["type": "integer", "exclusiveMinimum": 4], 5),
            (["type": "integer", "maximum": -4], -4), (["type": "number", "exclusiveMinimum": 1], 2), ([:], .null),
            (["type": "object", "required": ["a"]], ["a": .null]),
        ] as [(JSONValue, JSONValue)])
    func knowsMoreOfJSONSchema(schema: JSONValue, reply: JSONValue) throws {
        // Compared as JSON: there 2 and 2.0 are the same number.
        #expect(try MinimalReply.value(for: schema).canonicalData() == reply.canonicalData())
    }

    @Test func aHostileSchemaGetsABoundedReply() throws {
        var schema: JSONValue = ["type": "string", "minLength": .integer(.max)]
        for _ in 0..<20 {
            schema = ["type": "array", "minItems": .integer(.max), "items": schema]
        }
        #expect(try MinimalReply.value(for: schema).canonicalData().count < 1_000_000)
        let long = MinimalReply.value(for: ["type": "string", "minLength": .integer(.max)])
        #expect(long.string?.count == 10_000)
    }
}
