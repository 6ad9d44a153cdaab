import Bellhop

extension ForwardEvent {
    public struct Settings: Decodable, Sendable {
        /// A name under `destinations:` in `bellhop.yaml`.
        var destination: String
        /// The top-level fields of the body that are passed on; all when empty.
        var fields: [String]

        public init(destination: String, fields: [String] = []) {
            self.destination = destination
            self.fields = fields
        }

        /// - Throws: `SettingsError` for an unknown key or a value that makes no sense.
        public init(from decoder: any Decoder) throws {
            var reader = try SettingsReader(decoder)
            destination = try reader.text("destination", maxLength: 64, default: "")
            fields = try reader.value("fields", default: [])
            try reader.finish()
            guard !destination.isEmpty else {
                throw SettingsError("destination must name one of the destinations in bellhop.yaml")
            }
        }
    }
}
