package import BellhopConfiguration
package import Console

extension AdminToken {
    /// The variable that holds the token of the private door.
    package static let variable = "BELLHOP_ADMIN_TOKEN"
    /// Letters of a token that nobody finds by trying.
    private static let shortest = 16

    /// The token that a server is started with; `nil` when the variable is not set.
    ///
    /// - Throws: `ConfigurationError` for one that could be found by trying, without a word of it.
    package static func text(in environment: Settings.Environment) throws -> String? {
        guard let text = try environment.secret(in: variable) else { return nil }
        guard text.count >= shortest else {
            throw ConfigurationError(
                file: "environment",
                message: "\(variable) is shorter than \(shortest) characters; set it to what `openssl rand -hex 32` "
                    + "prints")
        }
        return text
    }
}
