import Bellhop
import BellhopConfiguration
import BellhopServer

/// Reads `bellhop.yaml` and `webhooks/` as the server does.
struct ConfigurationCheck {
    let files: ConfigurationFiles
    let environment: Settings.Environment
    let handlers: [any WebhookHandler.Type]

    /// - Returns: the settings, if `bellhop.yaml` can be read, with as many of the secrets as can be used.
    func run() -> ([Finding], Settings?) {
        let (settings, subscriptions, wrong) = files.whatCanBeUsed(environment: environment)
        var findings = wrong.map { Finding(.configuration, .fail, $0.place, $0.message) }
        guard let settings, let subscriptions else { return (findings, settings) }
        do {
            let checked = try Setup.Checked(settings: settings, subscriptions: subscriptions, handlers: handlers)
            if wrong.isEmpty { findings.append(Finding(.configuration, .ok, files.configName, "can be used")) }
            let count = subscriptions.count
            findings.append(
                Finding(
                    .configuration, .ok, "webhooks",
                    count == 1 ? "the subscription can be used" : "\(count) subscriptions can be used"))
            findings += checked.warnings.map { Finding(.configuration, .warn, $0.place, $0.message) }
        } catch {
            findings += mistakes(error)
        }
        return (findings, settings)
    }

    private func mistakes(_ error: any Error) -> [Finding] {
        guard let error = error as? ConfigurationError else {
            return [Finding(.configuration, .fail, files.configName, "cannot be read")]
        }
        return error.all.map { Finding(.configuration, .fail, $0.place, $0.message) }
    }
}
