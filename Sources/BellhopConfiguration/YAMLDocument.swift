import Foundation
import Yams

/// A YAML file read into a tree that remembers its lines.
struct YAMLDocument {
    /// The root of the tree, always a mapping.
    let root: YAMLMapping
    let lines: LineMap

    /// Files above this size are refused: a configuration is never so long.
    private static let largestSize = 1 << 20
    /// Values in one file, with all that aliases repeat.
    private static let mostValues = 20_000
    /// Levels of nesting.
    private static let deepest = 50
    private static let tooLarge = "is too large: aliases (*name) and nesting are for small things here"

    /// - Throws: ``ConfigurationError`` when the text is not YAML or its root is not a mapping.
    init(text: String, file: String) throws {
        guard text.utf8.count <= Self.largestSize else {
            throw ConfigurationError(file: file, message: "is larger than 1 MiB")
        }
        let node: Node?
        do {
            guard try AliasWeight.of(text, deepest: Self.deepest) <= Self.mostValues else {
                throw ConfigurationError(file: file, message: Self.tooLarge)
            }
            // What a scalar is, is asked where it is read. Yams' own rules are regular expressions, which would bring
            // some megabytes of ICU into memory at every start.
            node = try Yams.compose(yaml: text, .basic)
        } catch let error as YamlError {
            throw ConfigurationError(file: file, line: error.line, message: error.explanation)
        }
        guard let node else {
            throw ConfigurationError(file: file, message: "is empty")
        }
        let root = YAMLValue(node: node, file: file, path: "")
        var size = 0
        try Self.checkSize(of: root, depth: 0, counted: &size)
        self.root = try root.mapping()
        lines = LineMap(node)
    }

    /// Aliases can make a small file into a tree that nobody can walk to the end.
    private static func checkSize(of value: YAMLValue, depth: Int, counted: inout Int) throws {
        counted += 1
        guard counted <= mostValues, depth <= deepest else {
            throw value.mistake(tooLarge)
        }
        let children =
            value.node.mapping.map { $0.flatMap { [$0.key, $0.value] } } ?? value.node.sequence.map(Array.init)
        for child in children ?? [] {
            try checkSize(of: YAMLValue(node: child, file: value.file, path: ""), depth: depth + 1, counted: &counted)
        }
    }

    /// - Parameter advice: what to do when the file cannot be read.
    /// - Throws: ``ConfigurationError`` when there is no such file, or as ``init(text:file:)``.
    init(
        contentsOf url: URL, advice: String = "run from the folder that holds it, or name it with --config"
    ) throws {
        guard let data = try? Data(contentsOf: url) else {
            throw ConfigurationError(file: url.relativePath, message: "cannot be read; \(advice)")
        }
        try self.init(data: data, file: url.relativePath)
    }

    /// - Throws: ``ConfigurationError`` when the bytes are no text, or as ``init(text:file:)``.
    init(data: Data, file: String) throws {
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw ConfigurationError(file: file, message: "is not UTF-8")
        }
        try self.init(text: text, file: file)
    }
}

extension YamlError {
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    fileprivate var explanation: String {
        switch self {
        case .duplicatedKeysInMapping(let keys, _): "\(keys.joined(separator: ", ")) is there twice in this mapping"
        // The parser's own words, which quote nothing of the file.
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _):
            "is not valid YAML: \(problem)"
        default: "is not valid YAML"
        }
    }
}
