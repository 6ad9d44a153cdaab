import Bellhop

/// What an effect says, as its column holds it. Nothing else writes or reads that column.
enum StoredEffect {
    static func encode(_ effect: Effect) throws -> String {
        try JSON.encode(effect)
    }

    static func decode(_ text: String) throws -> Effect {
        try JSON.decode(Effect.self, from: text)
    }
}
