package import Foundation

/// A key that what lies in the storage is sealed with. It never shows its value.
package struct StorageKey: Sendable, Hashable {
    package static let byteCount = 32

    let bytes: [UInt8]
    /// Tells keys apart, in sealed bytes as well as in messages, and gives nothing of them away.
    package let id: ID

    /// The first 64 bits of a digest of the key.
    package struct ID: Sendable, Hashable, CustomStringConvertible {
        package let number: UInt64

        package init(number: UInt64) {
            self.number = number
        }

        /// Sixteen hex digits.
        package var description: String {
            Hexadecimal.encode(bytes)
        }

        static let byteCount = 8

        var bytes: [UInt8] {
            (0..<Self.byteCount).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
        }

        init(bytes: some Sequence<UInt8>) {
            number = bytes.prefix(Self.byteCount).reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// - Parameter bytes: 32 bytes.
    /// - Throws: ``StorageKeyError`` for any other number of bytes and for bytes that are all the same;
    ///   ``SignatureError`` when OpenSSL fails.
    package init(bytes: Data) throws {
        guard bytes.count == Self.byteCount else { throw StorageKeyError.size(bytes.count) }
        guard Set(bytes).count > 1 else { throw StorageKeyError.notRandom }
        self.bytes = [UInt8](bytes)
        id = ID(bytes: try SHA256.digest(of: Data("bellhop storage key\0".utf8) + bytes))
    }

    /// Reads standard base64 with its padding.
    ///
    /// - Throws: ``StorageKeyError``, or ``SignatureError`` when OpenSSL fails.
    package init(base64: String) throws {
        guard let bytes = Data(base64Encoded: base64) else { throw StorageKeyError.notBase64 }
        try self.init(bytes: bytes)
    }
}

/// Why a text is no storage key. It repeats nothing of the text.
package enum StorageKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    case notBase64
    case size(Int)
    case notRandom

    package var description: String {
        switch self {
        case .notBase64: "is not base64"
        case .size(let bytes): "has \(bytes) bytes instead of \(StorageKey.byteCount)"
        case .notRandom: "is one byte over and over, which anybody could guess"
        }
    }
}

extension StorageKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "StorageKey(\(id))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["id": id.description]) }
}
