package import Bellhop
package import Cryptography

/// Who sends webhooks here. The raw value is stored with every delivery and is part of the de-duplication key.
package enum SenderKind: String, Sendable, Hashable, CaseIterable {
    case shopify
}

/// Which shops a secret may speak for.
package enum ShopScope: Sendable, Hashable {
    case any
    case only(Set<Shop>)

    package func covers(_ shop: Shop) -> Bool {
        switch self {
        case .any: true
        case .only(let shops): shops.contains(shop)
        }
    }
}

/// A secret that a sender signs with.
///
/// Headers are not signed, so the secret that matched must cover the shop that the request claims: the secret of one
/// shop cannot speak for another. During a rotation the old and the new secret are both listed.
package struct SenderSecret: Sendable {
    /// A name for people, for example `app` or `app-previous`.
    package var id: String
    package var sender: SenderKind
    package var secret: SigningSecret
    package var shops: ShopScope

    package init(id: String, sender: SenderKind = .shopify, secret: SigningSecret, shops: ShopScope = .any) {
        self.id = id
        self.sender = sender
        self.secret = secret
        self.shops = shops
    }
}
