import COpenSSL
import Foundation

/// HMAC-SHA256 as OpenSSL's providers offer it.
///
/// Both algorithms are looked up once: doing so for each message costs more than the key set-up itself, and in OpenSSL
/// 3.0 a look-up can fail while another thread is still loading a provider.
@safe final class HMACSHA256: @unchecked Sendable {
    // `@unchecked Sendable`: nobody changes the template once it is made. Copying it only reads, and the count of who
    // uses its algorithms is atomic in OpenSSL.
    private let template: OpaquePointer?

    static let shared = HMACSHA256()

    private init() {
        unsafe template = Lookup.repeated { unsafe Self.makeTemplate() }
    }

    deinit {
        unsafe EVP_MAC_CTX_free(template)
    }

    /// - Parameters:
    ///   - key: not empty.
    ///   - output: room for 32 bytes.
    func sign(_ message: Data, key: [UInt8], into output: UnsafeMutableRawBufferPointer) throws {
        guard let template = unsafe template else { throw SignatureError.library("EVP_MAC_fetch") }
        guard let context = unsafe EVP_MAC_CTX_dup(template) else { throw SignatureError.library("EVP_MAC_CTX_dup") }
        defer { unsafe EVP_MAC_CTX_free(context) }
        guard unsafe EVP_MAC_init(context, key, key.count, nil) == 1 else {
            throw SignatureError.library("EVP_MAC_init")
        }
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

    /// A context that knows its digest and has no key.
    private static func makeTemplate() -> OpaquePointer? {
        // The context keeps a count on the algorithm.
        let algorithm = unsafe EVP_MAC_fetch(nil, OSSL_MAC_NAME_HMAC, nil)
        defer { unsafe EVP_MAC_free(algorithm) }
        guard let context = unsafe EVP_MAC_CTX_new(algorithm) else { return nil }
        var digest = Array("SHA256".utf8CString)
        let status = unsafe digest.withUnsafeMutableBufferPointer { name in
            let parameters = unsafe [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return unsafe EVP_MAC_CTX_set_params(context, parameters)
        }
        guard status == 1 else {
            unsafe EVP_MAC_CTX_free(context)
            return nil
        }
        return unsafe context
    }
}
