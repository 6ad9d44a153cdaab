import Foundation

extension [String: String] {
    /// The secret that a variable holds, without the white space around it, as a mounted file or a shell leaves it.
    ///
    /// - Returns: `nil` when the variable is not set or empty.
    /// - Throws: ``ConfigurationError`` for a secret with a control character in it, without a word of it: it would
    ///   break the header that it is sent in.
    package func secret(in variable: String) throws -> String? {
        try secret(self[variable] ?? "", in: variable)
    }

    /// The secrets that a variable holds, newest first: separated by commas, empty ones left out.
    ///
    /// - Throws: ``ConfigurationError``, as ``secret(in:)``.
    package func secrets(in variable: String) throws -> [String] {
        try (self[variable] ?? "").split(separator: ",").compactMap { try secret(String($0), in: variable) }
    }

    private func secret(_ text: String, in variable: String) throws -> String? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw ConfigurationError(
                file: "environment",
                message: "\(variable) has a line break or another control character in it; set it to the secret alone")
        }
        return text.isEmpty ? nil : text
    }
}
