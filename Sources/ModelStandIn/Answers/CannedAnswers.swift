import Foundation

/// The replies of a folder, in the order of its files and of the entries in each.
package struct CannedAnswers: Sendable {
    package var entries: [CannedAnswer]

    package init(_ entries: [CannedAnswer] = []) {
        self.entries = entries
    }

    /// Reads every `.json` file of a folder; each holds an array of answers.
    ///
    /// - Throws: ``CannedAnswersError`` that names the file and what is wrong with it.
    package init(folder: String) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw CannedAnswersError(path: folder, problem: "is not a folder that can be read")
        }
        entries = try names.filter { $0.hasSuffix(".json") }.sorted().flatMap { name in
            try Self.entries(ofFile: "\(folder)/\(name)")
        }
    }

    /// The first entry that answers the request.
    func first(for request: CompletionRequest) -> CannedAnswer? {
        entries.first { $0.answers(request) }
    }

    private static func entries(ofFile path: String) throws -> [CannedAnswer] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CannedAnswersError(path: path, problem: "cannot be read")
        }
        do {
            return try JSONDecoder().decode([CannedAnswer].self, from: data)
        } catch let error as DecodingError {
            throw CannedAnswersError(path: path, problem: error.place)
        }
    }
}

/// A file of canned answers that cannot be used.
package struct CannedAnswersError: Error, Hashable, CustomStringConvertible {
    package var path: String
    package var problem: String

    package var description: String {
        "\(path) \(problem)"
    }
}

extension DecodingError {
    /// Where the file is wrong, without quoting it.
    fileprivate var place: String {
        switch self {
        case .keyNotFound(let key, let context): "has no \"\(key.stringValue)\" at \(context.codingPath.readable)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "has a value of the wrong type at \(context.codingPath.readable)"
        default: "is not a JSON array of answers"
        }
    }
}

extension [any CodingKey] {
    /// For example `[2].when`.
    fileprivate var readable: String {
        isEmpty
            ? "the top"
            : map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
    }
}
