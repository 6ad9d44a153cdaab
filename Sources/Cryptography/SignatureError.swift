import COpenSSL

/// OpenSSL refused to compute a digest or a code, or the secret is empty.
package struct SignatureError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        /// An empty secret signs nothing: anybody could do the same.
        case emptySecret = "empty_secret"
        /// A call into OpenSSL failed.
        case library
    }

    package var code: Code
    /// What failed, in words, without a value.
    package var message: String

    static let emptySecret = SignatureError(code: .emptySecret, message: "the secret is empty")

    /// Takes the reason from this thread's error queue of OpenSSL and empties it.
    static func library(_ function: StaticString) -> SignatureError {
        let number = ERR_peek_last_error()
        ERR_clear_error()
        let reason = unsafe ERR_reason_error_string(number).map { unsafe String(cString: $0) } ?? "no reason given"
        return SignatureError(code: .library, message: "\(function): \(reason)")
    }

    package var description: String {
        "\(code.rawValue): \(message)"
    }
}
