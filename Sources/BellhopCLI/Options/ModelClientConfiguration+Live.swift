import ModelClient

extension ModelClientConfiguration {
    /// Looks whether the real models can be asked.
    ///
    /// - Throws: ``CommandError`` for a provider that refuses questions without a key and has none.
    func checkKeys() throws {
        guard let provider = providers.first(where: \.lacksKey) else { return }
        throw CommandError("--live needs a key for the provider \(provider.name); see key_env in bellhop.yaml")
    }
}
