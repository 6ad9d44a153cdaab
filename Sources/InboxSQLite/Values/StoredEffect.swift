import Bellhop
import Foundation
import Vocabulary

/// What an effect says, as its column holds it. Nothing else writes or reads that column.
enum StoredEffect {
    /// - Throws: ``UnstorableEffect`` when it could not be read back.
    static func encode(_ effect: Effect) throws -> String {
        do {
            let content = try effect.canonicalData()
            // What is nested too deep can be written all the same.
            _ = try JSONValue(parsing: content)
            return String(decoding: content, as: UTF8.self)
        } catch {
            throw UnstorableEffect(kind: effect.kind)
        }
    }

    static func decode(_ text: String) throws -> Effect {
        // Not by Foundation's decoder: a post may hold a whole body, and that decoder takes its time with deep ones.
        try JSONValue(parsing: Data(text.utf8)).decode(Effect.self)
    }

    /// The effect as it will be read. What can be written in two ways, as 3 and 3.0, is then the same at every run.
    ///
    /// - Throws: as ``encode(_:)`` does.
    static func asRead(_ effect: Effect) throws -> Effect {
        try decode(encode(effect))
    }
}

/// An effect that could be written, but not read.
struct UnstorableEffect: Error, CustomStringConvertible {
    let kind: Effect.Kind

    var description: String {
        "an effect (\(kind.rawValue)) cannot be stored: it is nested more than 200 levels deep, or holds a number that "
            + "is none"
    }
}
