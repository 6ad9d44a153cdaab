package import Bellhop
package import Foundation

/// A question of a handler that was answered and paid for. Asked again by a later run of the same job, it is answered
/// from here, at no cost.
package struct JournaledStep: Sendable, Hashable, Codable {
    /// The name given to the question; by default the name of the answer's type.
    package var name: String
    /// 0 for the first question of this name within a run, then counting up.
    package var occurrence: Int
    /// SHA-256 of the question as the handler put it: instructions, data, schema and task, but neither model nor price,
    /// so that another configuration does not void what was paid for.
    package var digest: Data
    /// Satisfied the schema, and the handler had no complaints.
    package var answer: JSONValue
    package var model: String
    package var at: Date

    package init(name: String, occurrence: Int, digest: Data, answer: JSONValue, model: String, at: Date) {
        self.name = name
        self.occurrence = occurrence
        self.digest = digest
        self.answer = answer
        self.model = model
        self.at = at
    }
}
