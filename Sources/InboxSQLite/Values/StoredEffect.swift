import Bellhop
import Foundation
import Vocabulary

/// What an effect says, as its column holds it. Nothing else writes or reads that column.
enum StoredEffect {
    static func encode(_ effect: Effect) throws -> String {
        try JSON.encode(effect)
    }

    static func decode(_ text: String) throws -> Effect {
        // Not by Foundation's decoder: a post may hold a whole body, and that decoder takes its time with deep ones.
        try JSONValue(parsing: Data(text.utf8)).decode(Effect.self)
    }
}
