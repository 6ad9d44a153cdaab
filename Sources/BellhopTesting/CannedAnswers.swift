public import Bellhop
public import Foundation

/// Replies kept as files, which the model stand-in serves and which tests run the samples with, so that neither rots.
///
/// Each file is a list of entries. The first entry for the question whose `when` texts all occur in the data answers
/// it; an entry with an empty `when` is a default and is tried last.
///
/// ```json
/// [{"task": "review_sentiment", "answer": "Mood", "when": ["arrived broken"], "reply": {"label": "unhappy"}}]
/// ```
public struct CannedAnswers: Sendable {
    /// All entries, defaults last.
    public let entries: [Entry]

    public struct Entry: Sendable, Hashable, Decodable {
        /// The task that the question is routed by.
        public let task: TaskType
        /// The name of the answer's type.
        public let answer: String
        public let when: [String]
        public let reply: JSONValue
    }

    /// Reads every JSON file of a folder, by name.
    ///
    /// - Throws: when the folder or a file cannot be read, or a file is not a list of entries.
    public init(folder: URL) throws {
        let entries = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .flatMap { try JSONDecoder().decode([Entry].self, from: Data(contentsOf: $0)) }
        self.entries = entries.filter { !$0.when.isEmpty } + entries.filter(\.when.isEmpty)
    }

    /// The entry that answers a question, if there is one.
    public func entry(for question: AskedQuestion) -> Entry? {
        entries.first { entry in
            entry.answer == question.answer && entry.when.allSatisfy { question.data.contains($0) }
        }
    }

    /// Models that give these replies. An entry for another task than the question's does not count.
    public func models() -> ScriptedModels {
        ScriptedModels { question in
            guard let entry = entry(for: question), entry.task == question.routing.task else { return [] }
            return [entry.reply]
        }
    }
}
