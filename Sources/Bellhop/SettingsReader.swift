/// Reads a handler's settings with defaults, ranges and clear complaints.
///
/// ```swift
/// public struct Settings: Decodable, Sendable {
///     var threshold: Int
///
///     public init(from decoder: any Decoder) throws {
///         var reader = try SettingsReader(decoder)
///         threshold = try reader.value("threshold", in: 1...20, default: 4)
///         try reader.finish()
///     }
/// }
/// ```
public struct SettingsReader {
    private let container: KeyedDecodingContainer<Key>
    private var read: Set<String> = []

    /// - Throws: ``SettingsError`` when the settings are not a list of keys with values.
    public init(_ decoder: any Decoder) throws {
        do {
            container = try decoder.container(keyedBy: Key.self)
        } catch {
            throw SettingsError("settings must be keys with values")
        }
    }

    /// The value under a key, or the default when the key is missing or empty.
    ///
    /// - Throws: ``SettingsError`` when the value is of another type.
    public mutating func value<Value: Decodable>(_ key: String, default fallback: Value) throws -> Value {
        read.insert(key)
        do {
            return try container.decodeIfPresent(Value.self, forKey: Key(stringValue: key)) ?? fallback
        } catch {
            throw SettingsError("\(key) must be \(SettingsReader.name(of: Value.self))")
        }
    }

    /// The same, inside a range.
    ///
    /// - Throws: ``SettingsError`` when the value is of another type or outside the range.
    public mutating func value<Value: Decodable & Comparable>(
        _ key: String, in range: ClosedRange<Value>, default fallback: Value
    ) throws -> Value {
        let value = try value(key, default: fallback)
        guard range.contains(value) else {
            throw SettingsError("\(key) must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A text of a bounded length.
    ///
    /// - Throws: ``SettingsError`` when the value is not a text or is longer than that.
    public mutating func text(_ key: String, maxLength: Int, default fallback: String) throws -> String {
        let text = try value(key, default: fallback)
        guard text.count <= maxLength else {
            throw SettingsError("\(key) must have at most \(maxLength) characters")
        }
        return text
    }

    /// Refuses every key that was not read, so that a typing mistake does not go unnoticed.
    ///
    /// - Throws: ``SettingsError``.
    public func finish() throws {
        let unknown = container.allKeys.map(\.stringValue).filter { !read.contains($0) }.sorted()
        guard let key = unknown.first else { return }
        throw SettingsError(
            read.isEmpty
                ? "\(key) is set, but this handler has no settings"
                : "\(key) is not a setting of this handler; it has: \(read.sorted().joined(separator: ", "))")
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is Bool.Type: "true or false"
        case is Int.Type, is Int64.Type: "a whole number"
        case is Double.Type, is MoneyAmount.Type: "a number"
        case is String.Type: "a text"
        case is [String].Type: "a list of texts"
        default: "of another form"
        }
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }
}

/// What is wrong with a handler's settings, in words for the person who wrote them.
public struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
