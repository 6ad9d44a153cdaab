import Foundation
import Vocabulary

/// Makes many samples of each in a folder: the same payload about other resources.
///
/// Work on one resource goes in order, so with a handful of resources the server would hardly have anything to do at once.
struct SampleMill {
    private let source: URL
    private let target: URL

    init(from source: String, to target: URL) {
        self.source = URL(fileURLWithPath: source)
        self.target = target
    }

    /// - Returns: how many samples there are now.
    func grind(variants: Int) throws -> Int {
        let paths = FileManager.default.enumerator(atPath: source.path)?.compactMap { $0 as? String } ?? []
        var count = 0
        for path in paths.sorted() where path.hasSuffix(".json") && !path.hasPrefix("answers") {
            let text = try String(contentsOf: source.appending(path: path), encoding: .utf8)
            let id = try Self.id(in: text)
            for variant in 0..<variants {
                let file = target.appending(path: path.replacing(".json", with: "-\(variant).json"))
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(Self.renamed(text, id: id, variant: variant).utf8).write(to: file)
                count += 1
            }
        }
        return count
    }

    /// The digits of the resource's id; `nil` when it has none.
    private static func id(in text: String) throws -> Substring? {
        guard let id = try JSONValue(parsing: Data(text.utf8))["id"] else { return nil }
        let written = id.string ?? id.decimal.map { "\($0)" } ?? ""
        let digits = written.suffix(while: \.isNumber)
        return digits.count > 4 ? digits : nil
    }

    /// The text with the id's last digits replaced, wherever it stands.
    private static func renamed(_ text: String, id: Substring?, variant: Int) -> String {
        guard let id else { return text }
        let digits = String(variant)
        return text.replacing(id, with: id.dropLast(4) + String(repeating: "0", count: 4 - digits.count) + digits)
    }
}

extension String {
    fileprivate func suffix(while isIncluded: (Character) -> Bool) -> Substring {
        self[(lastIndex { !isIncluded($0) }.map(index(after:)) ?? startIndex)...]
    }
}
