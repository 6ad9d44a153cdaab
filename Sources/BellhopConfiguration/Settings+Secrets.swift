import ModelClient
import Vocabulary

extension Settings {
    /// These settings with the keys, addresses and signing secrets that an environment holds under the names in the file.
    ///
    /// Who asks models for real or runs a server needs them. Who looks at routes, prices or handlers does not, and the
    /// file can be checked where no secret is.
    ///
    /// - Throws: ``ConfigurationError`` for a variable that holds what cannot be used, for an address for alerts that is
    ///   not set, and for a key that would be sent in clear. No secret is repeated in it.
    package func withSecrets(of environment: Environment) throws -> Settings {
        var settings = try withKeys(of: environment)
        settings.destinations = try destinations.mapValues { destination in
            var destination = destination
            destination.secrets = try environment.secrets(in: destination.secretVariable).map { Secret($0) }
            return destination
        }
        settings.alerts.slack?.url = try alerts.slack.map { try address(in: $0.variable, of: environment) }
        settings.warnings += settings.secretWarnings.map(warning)
        return settings
    }

    /// These settings with the keys of the providers alone: who only asks models needs no other secret.
    ///
    /// - Throws: ``ConfigurationError`` for a variable that holds what cannot be used, and for a key that would be sent
    ///   in clear.
    package func withKeys(of environment: Environment) throws -> Settings {
        var settings = self
        settings.models.providers = try models.providers.map { provider in
            var provider = provider
            let key = try keyVariables[provider.name].flatMap { try environment.secret(in: $0) }
            provider.apiKey = key.map { Secret($0) }
            return provider
        }
        if let error = ConfigurationError(all: settings.models.problems().map(mistake)) { throw error }
        return settings
    }

    /// The address is as good as a password.
    private func address(in variable: String, of environment: Environment) throws -> Secret {
        let place = ["alerts", "slack_env"]
        guard let url = try environment.secret(in: variable) else {
            throw mistake(
                ConfigurationProblem(
                    place,
                    "alerts.slack_env names \(variable), which is not set; set it to the address of a Slack webhook, or "
                        + "leave slack_env out"))
        }
        guard let address = try? WebAddress(url), !address.isInClear else {
            throw mistake(
                ConfigurationProblem(
                    place,
                    "alerts.slack_env names \(variable), which does not hold an address such as "
                        + "https://hooks.slack.com/services/…"))
        }
        return Secret(url)
    }

    private var secretWarnings: [ConfigurationProblem] {
        destinations.filter(\.value.secrets.isEmpty).sorted { $0.key < $1.key }.map { name, destination in
            ConfigurationProblem(
                ["destinations", name, "secret_env"],
                "\(destination.secretVariable) is not set: effects for \(name) wait until the server is started with it"
            )
        }
    }
}

extension Settings {
    func mistake(_ problem: ConfigurationProblem) -> ConfigurationError {
        ConfigurationError(file: file, line: lines.line(of: problem.path), message: problem.message)
    }

    func warning(_ problem: ConfigurationProblem) -> ConfigurationWarning {
        ConfigurationWarning(file: file, line: lines.line(of: problem.path), message: problem.message)
    }
}
