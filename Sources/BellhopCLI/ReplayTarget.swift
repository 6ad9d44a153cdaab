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
    /// The environment variable that holds it.
    var variable: String

    /// - Parameters:
    ///   - address: of the server, in place of what the file says.
    ///   - named: the variable with the secret, in place of the one that the file names for the shop. With both, the
    ///     file is not read.
    /// - Throws: ``CommandError`` when no secret may speak for the shop, or the one that may is not set; and
    ///   `ConfigurationError`.
    init(for shop: Shop, setup: SetupOptions, address: String?, secretVariable named: String?) throws {
        let settings = address == nil || named == nil ? try setup.settingsIfAny() : nil
        url = address ?? (settings?.server ?? Settings.Server()).webhooksURL
        guard let variable = named ?? SenderSecret.variable(for: shop, among: settings?.secrets ?? []) else {
            throw CommandError(
                "no secret in \(setup.config) may speak for \(shop); name another shop with --shop, or the variable that "
                    + "holds the secret with --secret-env")
        }
        self.variable = variable
        guard let text = try setup.environment.secrets(in: variable).first else {
            throw CommandError("set \(variable) to the secret that the server was started with")
        }
        secret = SigningSecret(text)
    }
}
