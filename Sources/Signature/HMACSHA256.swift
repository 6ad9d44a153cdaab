import COpenSSL
import Foundation

/// HMAC-SHA256 as OpenSSL's providers offer it.
///
/// Fetched once: looking the algorithm up for each message costs more than the key set-up itself.
@safe final class HMACSHA256: @unchecked Sendable {
    // `@unchecked Sendable`: OpenSSL allows the use of a fetched algorithm on many threads at once. What changes
    // while a message is signed is in a context of its own.
    private let algorithm: OpaquePointer?

    static let shared = HMACSHA256()

    private init() {
        unsafe algorithm = EVP_MAC_fetch(nil, OSSL_MAC_NAME_HMAC, nil)
    }

    deinit {
        unsafe EVP_MAC_free(algorithm)
    }

    /// - Parameters:
    ///   - key: not empty.
    ///   - output: room for 32 bytes.
    func sign(_ message: Data, key: [UInt8], into output: UnsafeMutableRawBufferPointer) throws {
        guard let context = unsafe EVP_MAC_CTX_new(algorithm) else { throw SignatureError.library("EVP_MAC_CTX_new") }
        defer { unsafe EVP_MAC_CTX_free(context) }
        try unsafe start(context, key: key)
        try unsafe message.withUnsafeBytes { bytes in
            guard unsafe EVP_MAC_update(context, bytes.baseAddress, bytes.count) == 1 else {
                throw SignatureError.library("EVP_MAC_update")
            }
        }
        var count = 0
        guard unsafe EVP_MAC_final(context, output.baseAddress, &count, output.count) == 1 else {
            throw SignatureError.library("EVP_MAC_final")
        }
    }

    private func start(_ context: OpaquePointer, key: [UInt8]) throws {
        var digest = Array("SHA256".utf8CString)
        let status = unsafe digest.withUnsafeMutableBufferPointer { name in
            let parameters = unsafe [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return unsafe EVP_MAC_init(context, key, key.count, parameters)
        }
        guard status == 1 else { throw SignatureError.library("EVP_MAC_init") }
    }
}
