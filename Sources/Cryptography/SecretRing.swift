package import Foundation

/// The secrets that are accepted at the same time, as during a rotation.
package struct SecretRing: Sendable {
    private let secrets: [SigningSecret]

    /// - Parameter secrets: in any order. Empty ones are left out: they would let anybody in.
    package init(_ secrets: [SigningSecret]) {
        self.secrets = secrets.filter { !$0.bytes.isEmpty }
    }

    /// Finds the secret a message was signed with.
    ///
    /// All secrets are tried, so that the time taken does not tell which one matched, or how many there are before it.
    ///
    /// - Returns: the first secret that gives this code, `nil` when none does.
    /// - Throws: ``SignatureError`` when OpenSSL fails.
    package func secret(verifying code: MessageCode, of message: Data) throws -> SigningSecret? {
        var match: SigningSecret?
        for secret in secrets {
            let isMatch = try MessageCode.signing(message, with: secret) == code
            if isMatch, match == nil { match = secret }
        }
        return match
    }
}
