import Bellhop
import BellhopConfiguration
import BellhopServer
import Cryptography
import Foundation
import Listener

/// The server that a replay delivers to, as the configuration describes it.
struct ReplayTarget {
    var url: String
    var secret: SigningSecret

    /// - Parameter address: of the server, in place of what the file says.
    /// - Throws: ``CommandError`` when no secret may speak for the shop, or the one that may is not set; and
    ///   `ConfigurationError`.
    init(for shop: Shop, setup: SetupOptions, address: String?) throws {
        let settings = try setup.settingsIfAny()
        url = address ?? (settings?.server ?? Settings.Server()).webhooksURL
        guard let variable = SenderSecret.variable(for: shop, among: settings?.secrets ?? []) else {
            throw CommandError("no secret in \(setup.config) may speak for \(shop); name another shop with --shop")
        }
        guard let text = try setup.environment.secrets(in: variable).first else {
            throw CommandError("set \(variable) to the secret that the server was started with")
        }
        secret = SigningSecret(text)
    }
}
