package import Foundation

/// Bytes that only the holder of a key can read or make, bound to the place where they lie.
///
/// AES-256-GCM with a random nonce of 96 bits: by NIST SP 800-38D, section 8.3, one key may seal 2^32 times. Sealed
/// bytes are: a version (1), the key's id (8 bytes), the nonce (12), the ciphertext, the tag (16).
package enum Seal {
    private static let version: UInt8 = 1
    private static let headBytes = 1 + StorageKey.ID.byteCount + AES256GCM.nonceBytes

    /// What sealing adds, in bytes.
    package static let overhead = headBytes + AES256GCM.tagBytes

    /// Whether bytes begin as sealed ones do. Text and JSON never do.
    package static func marks(_ bytes: Data) -> Bool {
        bytes.first == version
    }

    /// The key that sealed the bytes; `nil` when they are no sealed bytes.
    package static func keyID(of sealed: Data) -> StorageKey.ID? {
        guard sealed.count >= overhead, sealed.first == version else { return nil }
        return StorageKey.ID(bytes: sealed.dropFirst())
    }

    /// - Throws: ``SignatureError`` when OpenSSL fails.
    static func close(_ plain: Data, with key: StorageKey, for place: String) throws -> Data {
        let label = Data([version] + key.id.bytes)
        let nonce = try RandomBytes.make(AES256GCM.nonceBytes)
        return label + nonce
            + (try AES256GCM.shared.encrypt(plain, key: key.bytes, nonce: nonce, context: label + Data(place.utf8)))
    }

    /// - Throws: ``SealError`` `.damaged`, or ``SignatureError`` when OpenSSL fails.
    static func open(_ sealed: Data, with key: StorageKey, for place: String) throws -> Data {
        guard keyID(of: sealed) == key.id else { throw SealError.damaged }
        let label = sealed.prefix(1 + StorageKey.ID.byteCount)
        let nonce = sealed.dropFirst(label.count).prefix(AES256GCM.nonceBytes)
        let plain = try AES256GCM.shared.decrypt(
            sealed.dropFirst(headBytes), key: key.bytes, nonce: nonce, context: label + Data(place.utf8))
        guard let plain else { throw SealError.damaged }
        return plain
    }
}

/// Why sealed bytes cannot be read, or none be made.
package enum SealError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no key to seal with.
    case noKey
    /// They were sealed with a key that this process does not have.
    case missingKey(StorageKey.ID)
    /// They are not what was sealed, or lie in another place.
    case damaged

    package var description: String {
        switch self {
        case .noKey: "there is no storage key to seal with"
        case .missingKey(let id): "the storage key \(id) is missing"
        case .damaged: "the sealed bytes are damaged or not in their place"
        }
    }
}
