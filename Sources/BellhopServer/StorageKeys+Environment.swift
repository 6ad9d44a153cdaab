package import BellhopConfiguration
package import Cryptography

extension StorageKeys {
    /// The variable that holds the keys.
    package static let variable = "BELLHOP_STORAGE_KEY"

    /// The keys in `BELLHOP_STORAGE_KEY`, newest first; none when it is not set.
    ///
    /// - Throws: `ConfigurationError` for what is no key, without a word of it.
    package init(environment: Settings.Environment) throws {
        let texts = try environment.secrets(in: Self.variable)
        let keys = try texts.enumerated().map { index, text in
            do {
                return try StorageKey(base64: text)
            } catch let error as StorageKeyError {
                let which = texts.count == 1 ? "the key" : "key \(index + 1) of \(texts.count)"
                throw ConfigurationError(
                    file: "environment",
                    message: "\(Self.variable): \(which) \(error); make one with `openssl rand -base64 32`")
            }
        }
        guard Set(keys).count == keys.count else {
            throw ConfigurationError(file: "environment", message: "\(Self.variable) holds the same key twice")
        }
        self.init(keys)
    }
}
