import ModelClient
import Vocabulary

extension Provider {
    /// An address that cannot be read is taken for the worst.
    fileprivate var isSpokenToInClear: Bool {
        (try? WebAddress(baseURL))?.isInClear ?? true
    }
}

/// Puts the secrets of an environment into settings, and gathers what is wrong with them.
struct SecretIntake {
    private let environment: Settings.Environment
    private(set) var mistakes = Mistakes()

    init(_ environment: Settings.Environment) {
        self.environment = environment
    }

    mutating func takeKeys(into settings: inout Settings) {
        for (index, provider) in settings.models.providers.enumerated() {
            guard let variable = settings.keyVariables[provider.name] else { continue }
            let key = mistakes.noting { try environment.secret(in: variable) } ?? nil
            settings.models.providers[index].apiKey = key.map { Secret($0) }
        }
        mistakes.add(settings.models.problems().map(settings.mistake))
        // Whoever goes on in spite of that must not send one in clear.
        for (index, provider) in settings.models.providers.enumerated() where provider.isSpokenToInClear {
            settings.models.providers[index].apiKey = nil
        }
    }

    mutating func takeDestinations(into settings: inout Settings) {
        for (name, destination) in settings.destinations.sorted(by: { $0.key < $1.key }) {
            let secrets = mistakes.noting { try environment.secrets(in: destination.secretVariable) } ?? []
            settings.destinations[name]?.secrets = secrets.map { Secret($0) }
        }
    }

    /// The address is as good as a password.
    mutating func takeAlerts(into settings: inout Settings) {
        guard let variable = settings.alerts.slack?.variable,
            let url = mistakes.noting({ try environment.secret(in: variable) })
        else { return }
        let wrong: String
        if let url {
            if let address = try? WebAddress(url), !address.isInClear {
                settings.alerts.slack?.url = Secret(url)
                return
            }
            wrong = "which does not hold an address such as https://hooks.slack.com/services/…"
        } else {
            wrong = "which is not set; set it to the address of a Slack webhook, or leave slack_env out"
        }
        mistakes.add([
            settings.mistake(
                ConfigurationProblem(["alerts", "slack_env"], "alerts.slack_env names \(variable), \(wrong)"))
        ])
    }
}
