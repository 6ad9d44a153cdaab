import COpenSSL
import Foundation

/// Bytes that nobody can guess, from OpenSSL's generator.
enum RandomBytes {
    /// - Throws: ``SignatureError`` when the generator has no entropy.
    static func make(_ count: Int) throws -> Data {
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe RAND_bytes(&bytes, CInt(clamping: count)) == 1 else { throw SignatureError.library("RAND_bytes") }
        return Data(bytes)
    }
}
