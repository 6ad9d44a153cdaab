package import Foundation

/// How the admin API and the command line write JSON: keys with underscores, dates in ISO 8601 with milliseconds, in
/// UTC.
///
/// A type writes its amounts of money under keys that end in `Nanos`, for nano-dollars. The names in a dictionary or in
/// a `JSONValue` are data and stay as they are.
package enum ConsoleJSON {
    /// - Parameter isPretty: whether it is for people to read as well, in many lines.
    package static func encode(_ value: some Encodable, isPretty: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(text(of: date))
        }
        return try encoder.encode(value)
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { path in
            SwiftKey(path.last?.stringValue ?? "")
        }
        decoder.dateDecodingStrategy = .custom { decoder in
            try style.parse(decoder.singleValueContainer().decode(String.self))
        }
        return try decoder.decode(type, from: data)
    }

    static func text(of moment: Date) -> String {
        // The style cuts off what is below a millisecond; half of one makes that rounding.
        moment.addingTimeInterval(0.0005).formatted(style)
    }

    static func moment(_ text: String) -> Date? {
        try? style.parse(text)
    }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}

/// A key as Swift's properties are named: `delivery_id` is `deliveryID`, which Foundation's own strategy makes
/// `deliveryId`.
private struct SwiftKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(_ key: String) {
        let words = key.split(separator: "_")
        stringValue =
            words.count < 2
            ? key : words[0] + words.dropFirst().map { $0 == "id" ? "ID" : $0.capitalized }.joined()
    }

    init?(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        return nil
    }
}
