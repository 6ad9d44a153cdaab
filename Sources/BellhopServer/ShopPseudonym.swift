import Bellhop
import Cryptography
import Foundation
import Listener

/// Names for shops by which a model provider can tell them apart, but not which shops they are.
///
/// A shop's domain can be guessed, so a plain digest of it could be looked up. This one needs the app's client secret,
/// and changes when that does.
struct ShopPseudonym: Sendable {
    private let secret: SigningSecret?

    /// - Parameter secrets: the first is the key; without one shops have no pseudonym.
    init(_ secrets: [SenderSecret]) {
        secret = secrets.first?.secret
    }

    /// 32 hex digits: half of an HMAC, of a text that no sender ever signs.
    func callAsFunction(_ shop: Shop) -> String? {
        guard let secret else { return nil }
        let message = Data("bellhop shop pseudonym\0\(shop.domain)".utf8)
        return (try? MessageCode.signing(message, with: secret)).map { String($0.hex.prefix(32)) }
    }
}
