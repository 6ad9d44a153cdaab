/// What came of reading the configuration again.
package enum ReloadOutcome: Sendable, Hashable {
    case taken(Reloaded)
    /// There is a mistake; the old configuration stays.
    case refused([ReloadMistake])
    /// Something else went wrong, in words; the old configuration stays.
    case failed(String)
}

/// A configuration that was taken up.
package struct Reloaded: Sendable, Hashable, Codable {
    /// What is different now, by file and key.
    package var changed: [String]
    /// Keys that are different in the file but count only after a restart.
    package var needsRestart: [String]
    package var warnings: [String]

    package init(changed: [String], needsRestart: [String] = [], warnings: [String] = []) {
        self.changed = changed
        self.needsRestart = needsRestart
        self.warnings = warnings
    }
}

/// A mistake in a configuration file.
package struct ReloadMistake: Sendable, Hashable, Codable, CustomStringConvertible {
    package var file: String
    /// From 1; `nil` when the mistake is about the file as a whole.
    package var line: Int?
    package var message: String

    package init(file: String, line: Int?, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String {
        "\(line.map { "\(file):\($0)" } ?? file): \(message)"
    }
}

/// A refusal as the admin API answers it: a ``Problem`` with its mistakes.
struct RefusedReload: Codable {
    var error: String
    var reason = "invalid_configuration"
    var mistakes: [ReloadMistake]

    init(_ mistakes: [ReloadMistake]) {
        error = mistakes.map(\.description).joined(separator: "\n")
        self.mistakes = mistakes
    }
}
