import Bellhop
import BellhopConfiguration
import BellhopServer

/// Reads `bellhop.yaml` and `webhooks/` as the server does.
struct ConfigurationCheck {
    let files: ConfigurationFiles
    let environment: Settings.Environment
    let handlers: [any WebhookHandler.Type]

    /// - Returns: the settings, if `bellhop.yaml` can be read.
    func run() -> ([Finding], Settings?) {
        let read: Settings
        do {
            read = try files.settings()
        } catch {
            return (mistakes(error), nil)
        }
        // Without them everything but the secrets can be looked at all the same.
        let (settings, wrong) = read.takingSecrets(of: environment)
        let (findings, usable) = run(settings)
        guard !wrong.isEmpty else { return (findings, usable) }
        return (
            wrong.flatMap(mistakes) + findings.filter { $0.subject != files.configName || $0.status != .ok }, usable
        )
    }

    private func run(_ settings: Settings) -> ([Finding], Settings?) {
        do {
            let subscriptions = try files.subscriptions()
            let checked = try Setup.Checked(settings: settings, subscriptions: subscriptions, handlers: handlers)
            let count = subscriptions.count
            let sound = [
                Finding(.configuration, .ok, files.configName, "can be used"),
                Finding(
                    .configuration, .ok, "webhooks",
                    count == 1 ? "the subscription can be used" : "\(count) subscriptions can be used"),
            ]
            return (sound + checked.warnings.map { Finding(.configuration, .warn, $0.place, $0.message) }, settings)
        } catch {
            return (mistakes(error), settings)
        }
    }

    private func mistakes(_ error: any Error) -> [Finding] {
        guard let error = error as? ConfigurationError else {
            return [Finding(.configuration, .fail, files.configName, "cannot be read")]
        }
        return error.all.map { Finding(.configuration, .fail, $0.place, $0.message) }
    }
}
