import COpenSSL
package import Foundation

/// The HMAC-SHA256 of a message: 32 bytes. Comparing two takes the same time wherever they differ.
package struct MessageCode: Sendable {
    static let byteCount = 32

    /// 32 bytes without a place on the heap.
    private var storage: SIMD32<UInt8>

    private init(storage: SIMD32<UInt8>) {
        self.storage = storage
    }

    private init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        storage = SIMD32(bytes)
    }

    /// Reads the padded standard base64 of 32 bytes, 44 characters, in its one canonical spelling.
    package init?(base64: String) {
        // Encoding again finds what a decoder lets pass: spare bits, other characters.
        guard base64.utf8.count == 44, let data = Data(base64Encoded: base64),
            data.base64EncodedString().utf8.elementsEqual(base64.utf8)
        else { return nil }
        self.init(bytes: data)
    }

    /// Reads exactly 64 hex digits, in either case.
    package init?(hex: String) {
        guard hex.utf8.count == 2 * Self.byteCount, let bytes = Hexadecimal.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// Signs a message. The bytes are read where they are.
    ///
    /// - Throws: ``SignatureError``, `emptySecret` or `library`.
    package static func signing(_ message: Data, with secret: SigningSecret) throws -> MessageCode {
        guard !secret.bytes.isEmpty else { throw SignatureError.emptySecret }
        var storage = SIMD32<UInt8>()
        try unsafe withUnsafeMutableBytes(of: &storage) { output in
            try unsafe HMACSHA256.shared.sign(message, key: secret.bytes, into: output)
        }
        return MessageCode(storage: storage)
    }

    package var base64: String {
        Data(bytes).base64EncodedString()
    }

    package var hex: String {
        Hexadecimal.encode(bytes)
    }

    private var bytes: [UInt8] {
        storage.indices.map { storage[$0] }
    }
}

extension MessageCode: Equatable {
    package static func == (left: MessageCode, right: MessageCode) -> Bool {
        unsafe withUnsafeBytes(of: left.storage) { leftBytes in
            unsafe withUnsafeBytes(of: right.storage) { rightBytes in
                unsafe CRYPTO_memcmp(leftBytes.baseAddress, rightBytes.baseAddress, byteCount) == 0
            }
        }
    }
}
