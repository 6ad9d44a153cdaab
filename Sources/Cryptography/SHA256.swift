import COpenSSL
package import Foundation

/// SHA-256 as OpenSSL's providers offer it.
package enum SHA256 {
    /// - Returns: 32 bytes.
    /// - Throws: ``SignatureError``.
    package static func digest(of message: Data) throws -> Data {
        guard let algorithm = unsafe FetchedDigest.sha256.algorithm else {
            throw SignatureError.library("EVP_MD_fetch")
        }
        var digest = Data(count: 32)
        let status = unsafe digest.withUnsafeMutableBytes { output in
            unsafe message.withUnsafeBytes { input in
                unsafe EVP_Digest(input.baseAddress, input.count, output.baseAddress, nil, algorithm, nil)
            }
        }
        guard status == 1 else { throw SignatureError.library("EVP_Digest") }
        return digest
    }
}

/// An algorithm that is looked up once.
@safe private final class FetchedDigest: @unchecked Sendable {
    // `@unchecked Sendable`: OpenSSL allows the use of a fetched algorithm on many threads at once.
    let algorithm: OpaquePointer?

    static let sha256 = FetchedDigest("SHA256")

    private init(_ name: String) {
        unsafe algorithm = Lookup.repeated { unsafe EVP_MD_fetch(nil, name, nil) }
    }

    deinit {
        unsafe EVP_MD_free(algorithm)
    }
}
