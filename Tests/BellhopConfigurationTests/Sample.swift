import BellhopConfiguration
import Foundation

/// A small sound configuration, to be made unsound.
enum Sample {
    static let text = """
        providers:
          local:
            url: http://127.0.0.1:11434/v1
        models:
          small:
            provider: local
            price: { prompt: 0.1, completion: 0.4 }
          large:
            provider: local
            price: { prompt: 3, completion: 15 }
        routing:
          default: small

        """

    static func settings(
        adding lines: String = "", replacing: (String, with: String)? = nil, environment: [String: String] = [:]
    ) throws -> Settings {
        let changed = replacing.map { Self.text.replacing($0.0, with: $0.with) } ?? Self.text
        return try SettingsFile.read(text: changed + lines).withSecrets(of: environment)
    }

    /// The mistake that is reported.
    static func mistake(
        adding lines: String = "", replacing: (String, with: String)? = nil
    ) throws -> ConfigurationError {
        do {
            _ = try settings(adding: lines, replacing: replacing)
        } catch let error as ConfigurationError {
            return error
        }
        throw NoMistake()
    }

    struct NoMistake: Error {}

    /// The root of the checkout.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
}
