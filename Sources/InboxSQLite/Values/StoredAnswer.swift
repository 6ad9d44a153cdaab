import Foundation
import Vocabulary

/// A model's answer as it lies in the database. All reading and writing of recorded answers passes here.
struct StoredAnswer: Sendable, Hashable {
    let content: Data

    init(content: Data) {
        self.content = content
    }

    /// - Throws: `EncodingError` for an answer that JSON cannot hold.
    init(storing answer: JSONValue) throws {
        content = try answer.canonicalData()
    }

    /// The answer exactly as it was given.
    ///
    /// - Throws: when the stored bytes are not what was written.
    func answer() throws -> JSONValue {
        try JSONValue(parsing: content)
    }
}
