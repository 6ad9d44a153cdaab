/// A mistake in a configuration file: where it is and what to write instead.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    package var file: String
    /// From 1; `nil` when the mistake is about the file as a whole.
    package var line: Int?
    package var message: String
    /// What else is wrong, when more than one mistake was found.
    package var further: [ConfigurationError]

    package init(file: String, line: Int? = nil, message: String, further: [ConfigurationError] = []) {
        self.file = file
        self.line = line
        self.message = message
        self.further = further
    }

    /// One error for all of them; `nil` when there is none.
    package init?(all: [ConfigurationError]) {
        guard var first = all.first else { return nil }
        first.further += all.dropFirst()
        self = first
    }

    /// The file, with the line if it is known.
    package var place: String {
        line.map { "\(file):\($0)" } ?? file
    }

    /// Each mistake by itself.
    package var all: [ConfigurationError] {
        [ConfigurationError(file: file, line: line, message: message)] + further.flatMap(\.all)
    }

    /// A line for each mistake.
    package var description: String {
        all.map { "\($0.place): \($0.message)" }.joined(separator: "\n")
    }
}

/// Something in a configuration file that can be used but is probably not meant.
package struct ConfigurationWarning: Sendable, Hashable, CustomStringConvertible {
    package var file: String
    package var line: Int?
    package var message: String

    package init(file: String, line: Int? = nil, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    /// The file, with the line if it is known.
    package var place: String {
        line.map { "\(file):\($0)" } ?? file
    }

    package var description: String {
        "\(place): \(message)"
    }
}
