import Bellhop
public import Foundation

/// Replies kept as files, which the model stand-in serves and which tests run the samples with, so that neither rots.
///
/// Each file is a list of entries. The first entry for the question whose `when` texts all occur in the data answers
/// it; an entry without `when` is a default and is tried last.
///
/// ```json
/// [{"task": "review_sentiment", "answer": "Mood", "when": ["arrived broken"], "reply": {"label": "unhappy"}}]
/// ```
public struct CannedAnswers: Sendable {
    /// All entries, defaults last.
    public let entries: [CannedAnswer]

    package init(_ entries: [CannedAnswer] = []) {
        self.entries = entries.filter { !$0.when.isEmpty } + entries.filter(\.when.isEmpty)
    }

    /// Reads every JSON file of a folder, by name.
    ///
    /// - Throws: ``CannedAnswersError`` when the folder or a file cannot be read, or a file is not a list of entries.
    public init(folder: URL) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw CannedAnswersError(path: folder.relativePath, problem: "is not a folder that can be read")
        }
        let files = names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
        self.init(try files.flatMap { try Self.entries(of: folder.appending(path: $0)) })
    }

    private static func entries(of file: URL) throws -> [CannedAnswer] {
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw CannedAnswersError(path: file.relativePath, problem: "cannot be read")
        }
        do {
            return try JSONDecoder().decode([CannedAnswer].self, from: data)
        } catch let error as DecodingError {
            throw CannedAnswersError(path: file.relativePath, problem: error.place)
        }
    }

    /// The entry that answers a question, if there is one. An entry for another task than the question's does not count.
    public func entry(for question: AskedQuestion) -> CannedAnswer? {
        entries.first { entry in
            entry.answer == question.answer && [nil, question.routing.task].contains(entry.task)
                && entry.when.allSatisfy { question.data.contains($0) }
        }
    }

    /// Models that give these replies.
    public func models() -> ScriptedModels {
        ScriptedModels { question in entry(for: question).map { [$0.reply] } ?? [] }
    }
}
