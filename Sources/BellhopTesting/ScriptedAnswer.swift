public import Bellhop
import Foundation

/// One answer of a script, for a question by the name of its answer's type.
public struct ScriptedAnswer: Sendable, Hashable {
    public let answer: String
    public let reply: JSONValue

    /// Any JSON, also one that breaks the schema or the handler's check, to see what happens then.
    public static func json(_ answer: String, _ reply: JSONValue) -> ScriptedAnswer {
        ScriptedAnswer(answer: answer, reply: reply)
    }

    /// A value of the answer's own type.
    ///
    /// - Throws: `EncodingError` when the value cannot be written as JSON.
    public static func answer(_ value: some ModelAnswer) throws -> ScriptedAnswer {
        let reply = try JSONValue(parsing: JSONEncoder().encode(value))
        return ScriptedAnswer(answer: String(describing: type(of: value)), reply: reply)
    }
}
