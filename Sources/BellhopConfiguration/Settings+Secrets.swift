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
        let (settings, mistakes) = takingSecrets(of: environment)
        try mistakes.throwAny()
        return settings
    }

    /// These settings with as many of the secrets as can be used, and what is wrong with the others.
    func takingSecrets(of environment: Environment) -> (settings: Settings, mistakes: Mistakes) {
        var settings = self
        var intake = SecretIntake(environment)
        intake.takeKeys(into: &settings)
        intake.takeDestinations(into: &settings)
        intake.takeAlerts(into: &settings)
        settings.warnings += settings.secretWarnings(environment).map(warning)
        return (settings, intake.mistakes)
    }

    /// These settings with the keys of the providers alone: who only asks models needs no other secret.
    ///
    /// - Throws: ``ConfigurationError`` for a variable that holds what cannot be used, and for a key that would be sent
    ///   in clear.
    package func withKeys(of environment: Environment) throws -> Settings {
        var settings = self
        var intake = SecretIntake(environment)
        intake.takeKeys(into: &settings)
        try intake.mistakes.throwAny()
        return settings
    }

    /// Of those that are set and cannot be used a mistake tells.
    private func secretWarnings(_ environment: Environment) -> [ConfigurationProblem] {
        let unset = destinations.filter { (try? environment.secrets(in: $0.value.secretVariable))?.isEmpty == true }
        return unset.sorted { $0.key < $1.key }.map { name, destination in
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
