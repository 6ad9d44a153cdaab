import Bellhop

extension ReviewPosted {
    public struct Settings: Decodable, Sendable {
        /// How a reply should sound, in a few words of the shop; part of the instructions.
        var tone = "warm, plain and honest"
        /// Put under each draft, for example the team's name; empty for none.
        var signature = ""

        /// The defaults.
        public init() {}

        /// - Throws: `SettingsError` for an unknown key or a value that makes no sense.
        public init(from decoder: any Decoder) throws {
            var reader = try SettingsReader(decoder)
            tone = try reader.text("tone", maxLength: 200, default: tone)
            signature = try reader.text("signature", maxLength: 200, default: signature)
            try reader.finish()
        }
    }
}
