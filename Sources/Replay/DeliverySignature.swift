package import Cryptography
package import Foundation

/// The value of a delivery's signature header.
package struct DeliverySignature: Sendable, Hashable {
    package let header: String

    /// The signature a sender makes who knows the secret.
    ///
    /// - Throws: when the signing library fails.
    package static func genuine(_ body: Data, secret: SigningSecret) throws -> DeliverySignature {
        DeliverySignature(header: try MessageCode.signing(body, with: secret).base64)
    }

    /// A signature of the right form that is certainly wrong.
    package var forged: DeliverySignature {
        DeliverySignature(header: (header.hasPrefix("A") ? "B" : "A") + header.dropFirst())
    }
}
