import Bellhop

extension RefundRequested {
    public struct Settings: Decodable, Sendable {
        /// The shop's return policy in its own words; part of the instructions. Empty for none.
        var policy = ""

        /// The defaults.
        public init() {}

        /// - Throws: `SettingsError` for an unknown key or a value that makes no sense.
        public init(from decoder: any Decoder) throws {
            var reader = try SettingsReader(decoder)
            policy = try reader.text("policy", maxLength: 2_000, default: policy)
            try reader.finish()
        }
    }
}
