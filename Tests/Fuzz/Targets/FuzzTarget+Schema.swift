import Foundation

@testable import Vocabulary

extension FuzzTarget {
    /// The first bytes make a schema, the rest is an answer to hold against it.
    static let schema = FuzzTarget(name: "schema") { data in
        var input = FuzzInput(data)
        let schema = input.schema(depth: 0)
        _ = try schema.json.canonicalData()
        _ = try schema.strictJSON.canonicalData()
        try require(schema.violations(in: schema.example).isEmpty, "an answer made by the schema breaks it")
        try require(schema.fits(schema.example), "a valid answer does not decode")
        let answers = [try? JSONValue(parsing: input.rest), .some(.null), .object([:]), .array([])].compactMap { $0 }
        for answer in answers {
            let violations = schema.violations(in: answer)
            try require(violations.count <= 20, "there are more violations than are listed")
            try require(!violations.isEmpty || schema.fits(answer), "a valid answer does not decode")
        }
    }
}

extension FuzzInput {
    fileprivate mutating func schema(depth: Int) -> Schema {
        switch choice(of: depth < 4 ? 10 : 6) {
        case 0: return .boolean
        case 1: return .integer
        case 2: return .integer(Int64(Int8(bitPattern: byte()))...Int64(200))
        case 3: return .number(Double(choice(of: 10)) / 10...7.5)
        case 4: return .string(minLength: choice(of: 4), maxLength: choice(of: 20))
        case 5: return .string(oneOf: ["a", "b", "é"].prefix(1 + choice(of: 3)).map { $0 })
        case 6: return .array(of: schema(depth: depth + 1), count: choice(of: 3)...5)
        case 7: return schema(depth: depth + 1).nullable
        case 8: return schema(depth: depth + 1).described(bytes(choice(of: 8)).base64EncodedString())
        default:
            let properties = (0..<choice(of: 4)).map { index in
                Schema.Property(name: ["a", "b", "c", "d"][index], schema: schema(depth: depth + 1))
            }
            return Schema(kind: .object(properties))
        }
    }
}

extension Schema {
    fileprivate static let integer = Schema.integer(nil)

    /// A value that satisfies the schema.
    fileprivate var example: JSONValue {
        switch kind {
        case .boolean: true
        case .integer(let range): .integer(range?.lowerBound ?? 0)
        case .number(let range): .number(Decimal(range?.lowerBound ?? 0))
        case .string(let length):
            .string(String(repeating: "e\u{301}", count: (length.lowerBound + 1) / 2).cut(to: length))
        case .choice(let choices): .string(choices.first ?? "")
        case .array(let element, let count): .array(Array(repeating: element.example, count: count.lowerBound))
        case .object(let properties):
            .object(
                Dictionary(properties.map { ($0.name, $0.schema.example) }, uniquingKeysWith: { first, _ in first }))
        case .nullable: .null
        }
    }

    /// Whether the Swift types that stand for the schema can be decoded from a value.
    fileprivate func fits(_ value: JSONValue) -> Bool {
        switch kind {
        case .boolean: (try? value.decode(Bool.self)) != nil
        case .integer: (try? value.decode(Int64.self)) != nil
        case .number: (try? value.decode(Double.self)) != nil
        case .string, .choice: (try? value.decode(String.self)) != nil
        case .array(let element, _): value.elements?.allSatisfy { element.fits($0) } ?? false
        case .object(let properties):
            properties.allSatisfy { property in value[property.name].map { property.schema.fits($0) } ?? false }
        case .nullable(let schema): value == .null || schema.fits(value)
        }
    }
}

extension String {
    fileprivate func cut(to length: ClosedRange<Int>) -> String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(length.lowerBound)))
    }
}
