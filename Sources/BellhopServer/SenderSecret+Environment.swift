package import Bellhop
package import BellhopConfiguration
import Cryptography
package import Listener

extension SenderSecret {
    /// The variable that holds the app's client secrets when `bellhop.yaml` names no other.
    package static let defaultVariable = "SHOPIFY_API_SECRET"

    /// The signing secrets that the configuration names, or those in `SHOPIFY_API_SECRET`, newest first.
    ///
    /// A variable may hold several secrets separated by commas, as during a rotation.
    ///
    /// - Throws: `ConfigurationError` when a variable is not set or holds what is no secret, or a shop is not a host
    ///   name.
    package static func load(
        _ sources: [Settings.SecretSource], environment: Settings.Environment
    ) throws -> [SenderSecret] {
        try sourcesInUse(sources).flatMap { source in
            let texts = try environment.secrets(in: source.variable)
            guard !texts.isEmpty else {
                throw ConfigurationError(
                    file: "environment",
                    message: "\(source.variable) is not set; set it to the app's client secret "
                        + "(several, newest first, separated by commas)")
            }
            let shops = try scope(of: source)
            return texts.enumerated().map { index, text in
                SenderSecret(
                    id: index == 0 ? source.id : "\(source.id)-\(index + 1)", sender: .shopify,
                    secret: SigningSecret(text), shops: shops)
            }
        }
    }

    /// The variable with the secret that deliveries of a shop are signed with: that of the source which names the shop,
    /// else of the first for any shop. `nil` when none may speak for it.
    package static func variable(for shop: Shop, among sources: [Settings.SecretSource]) -> String? {
        let sources = sourcesInUse(sources)
        let own = sources.first { $0.shops?.contains(shop.domain) == true }
        return (own ?? sources.first { $0.shops == nil })?.variable
    }

    private static func sourcesInUse(_ sources: [Settings.SecretSource]) -> [Settings.SecretSource] {
        sources.isEmpty ? [Settings.SecretSource(id: "shopify", variable: defaultVariable)] : sources
    }

    private static func scope(of source: Settings.SecretSource) throws -> ShopScope {
        guard let shops = source.shops else { return .any }
        return .only(
            Set(
                try shops.map { text in
                    guard let shop = Shop(domain: text) else {
                        throw ConfigurationError(
                            file: "bellhop.yaml", message: "secret \(source.id) names a shop that is not a host name")
                    }
                    return shop
                }))
    }
}
