/// The settings of a handler that has none.
public struct NoSettings: Decodable, Sendable {
    public init() {}

    /// - Throws: ``SettingsError`` when something is set after all.
    public init(from decoder: any Decoder) throws {
        try SettingsReader(decoder).finish()
    }
}
