/// Decodes from a value that has been read already, without writing it to text again.
///
/// The types come out as `JSONDecoder` in its standard setting makes them. Errors name places, never a value.
struct JSONValueDecoder: Decoder, SingleValueDecodingContainer {
    let value: JSONValue
    let codingPath: [any CodingKey]

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(KeyedJSONContainer(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([Any].self) }
        return UnkeyedJSONContainer(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        self
    }

    func decodeNil() -> Bool {
        value == .null
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        guard let own = type as? any JSONReadable.Type else { return try T(from: self) }
        guard own.fits(value) else { throw mismatch(type) }
        guard let decoded = own.init(value) as? T else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: codingPath, debugDescription: "the value is not one that \(type) can hold"))
        }
        return decoded
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        value == .null
            ? .valueNotFound(type, .init(codingPath: codingPath, debugDescription: "\(type) is wanted, null is there"))
            : .typeMismatch(
                type, .init(codingPath: codingPath, debugDescription: "\(type) is wanted, \(value.kind) is there"))
    }
}

extension JSONValue {
    fileprivate var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
