import BellhopConfiguration
import BellhopServer
import Console
import Cryptography
import Listener
import ModelClient

/// Looks whether the environment holds what the configuration names. It tells names, never values.
struct SecretsCheck {
    let settings: Settings
    let environment: Settings.Environment

    func run() -> [Finding] {
        signingSecrets + settings.models.providers.compactMap(key) + [adminToken, storageKeys]
            + [slack].compactMap { $0 } + destinations
    }

    private var signingSecrets: [Finding] {
        let variables =
            settings.secrets.isEmpty ? [SenderSecret.defaultVariable] : settings.secrets.map(\.variable)
        return variables.map { variable in
            let count: Int
            do {
                count = try environment.secrets(in: variable).count
            } catch {
                return unusable(variable, error, advice: "set it to the app's client secret")
            }
            guard count > 0 else {
                return Finding(
                    .secrets, .fail, variable, "is not set, and no delivery could be verified",
                    advice: "set it to the app's client secret")
            }
            return Finding(.secrets, .ok, variable, count == 1 ? "is set" : "holds \(count) secrets")
        }
    }

    /// `nil` for a provider that needs no key and has none.
    private func key(of provider: Provider) -> Finding? {
        guard let variable = settings.keyVariables[provider.name] else {
            guard provider.dialect.needsKey else { return nil }
            return Finding(
                .secrets, .fail, provider.name, "has no key_env, but refuses questions without a key",
                advice: "write key_env: with the name of the variable that holds the key")
        }
        let isSet: Bool
        do {
            isSet = try environment.secret(in: variable) != nil
        } catch {
            return unusable(variable, error, advice: "set it to the provider's key")
        }
        if isSet { return Finding(.secrets, .ok, variable, "is set, the key of \(provider.name)") }
        // On this machine it is rather a stand-in, or a proxy that has the key.
        let isLocal = (try? WebAddress(provider.baseURL))?.isOfThisMachine ?? false
        return Finding(
            .secrets, provider.dialect.needsKey && !isLocal ? .fail : .warn, variable,
            "is not set, the key of \(provider.name)",
            advice: "set it to the provider's key")
    }

    private var adminToken: Finding {
        let variable = AdminToken.variable
        let advice = "set it to what `openssl rand -hex 32` prints, to use `bellhop events` and `bellhop reload`"
        do {
            guard try AdminToken.text(in: environment) != nil else {
                return Finding(
                    .secrets, .warn, variable, "is not set, and the private door stays shut", advice: advice)
            }
            return Finding(.secrets, .ok, variable, "is set")
        } catch {
            return unusable(variable, error, advice: advice)
        }
    }

    /// - Parameter error: says what is wrong and holds no secret.
    private func unusable(_ variable: String, _ error: any Error, advice: String) -> Finding {
        Finding(
            .secrets, .fail, variable,
            "cannot be used: \((error as? ConfigurationError)?.message ?? "OpenSSL fails")", advice: advice)
    }

    private var storageKeys: Finding {
        let variable = StorageKeys.variable
        do {
            let ids = try StorageKeys(environment: environment).ids.map(\.description)
            guard let newest = ids.first else {
                return Finding(
                    .secrets, .warn, variable, "is not set: customers' data is stored as it is",
                    advice: "rely on an encrypted disk, or set it to what `openssl rand -base64 32` prints")
            }
            let older = ids.count == 1 ? "" : "; \(ids.count - 1) more for what is older"
            return Finding(.secrets, .ok, variable, "seals with the key \(newest)\(older)")
        } catch {
            return unusable(
                variable, error,
                advice: "set it to what `openssl rand -base64 32` prints; several keys, newest first, with commas")
        }
    }

    /// One that is named but not set, or cannot be used, is a mistake in the configuration already.
    private var slack: Finding? {
        settings.alerts.slack.flatMap { slack in
            slack.url.map { _ in Finding(.secrets, .ok, slack.variable, "is set, where alerts go") }
        }
    }
}

extension SecretsCheck {
    /// The secrets that posts are signed with.
    private var destinations: [Finding] {
        settings.destinations.sorted { $0.key < $1.key }.map { name, destination in
            do {
                _ = try environment.secrets(in: destination.secretVariable)
            } catch {
                return unusable(destination.secretVariable, error, advice: "set it to a long random text")
            }
            guard !destination.secrets.isEmpty else {
                return Finding(
                    .secrets, .fail, destination.secretVariable, "is not set, and nothing is posted to \(name)",
                    advice: "set it to a long random text that the receiver knows too")
            }
            return Finding(.secrets, .ok, destination.secretVariable, "is set, what posts to \(name) are signed with")
        }
    }
}
