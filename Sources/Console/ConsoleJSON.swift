import Foundation

/// How the admin API writes and reads JSON: dates in ISO 8601 with milliseconds, in UTC.
enum ConsoleJSON {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(text(of: date))
        }
        return try encoder.encode(value)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
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
