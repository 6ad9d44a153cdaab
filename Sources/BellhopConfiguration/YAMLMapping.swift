import Yams

/// A mapping whose keys are texts. That each is there once, the parser sees to.
struct YAMLMapping {
    let owner: YAMLValue
    /// In the order of the file.
    let values: [(key: String, value: YAMLValue)]
    private let lines: [String: Int]

    init(_ mapping: Node.Mapping, of owner: YAMLValue) throws {
        self.owner = owner
        var lines: [String: Int] = [:]
        values = try mapping.map { keyNode, valueNode in
            guard let key = keyNode.scalar?.string else { throw owner.mistake("has a key that is not a text") }
            let path = owner.path.isEmpty ? key : "\(owner.path).\(key)"
            lines[key] = keyNode.mark?.line
            return (key, YAMLValue(node: valueNode, file: owner.file, path: path))
        }
        self.lines = lines
    }

    /// The value under a key; `nil` only when the key is not there. An emptied key is none: what it held may have been
    /// a limit, so no reader takes it for a default.
    subscript(key: String) -> YAMLValue? {
        values.first { $0.key == key }?.value
    }

    /// - Throws: ``ConfigurationError`` when the key is missing.
    func required(_ key: String) throws -> YAMLValue {
        guard let value = self[key] else { throw owner.mistake("needs the key \(key)") }
        return value
    }

    /// - Throws: ``ConfigurationError`` for each key that is not among those known, or has no value.
    func check(_ keys: Keys) throws {
        var mistakes = Mistakes()
        let names = keys.names
        for (key, value) in values {
            guard names.contains(key) else {
                mistakes.add([
                    ConfigurationError(
                        file: owner.file, line: lines[key],
                        message: Spelling.unknown("key", key, known: names, in: owner.path))
                ])
                continue
            }
            mistakes.noting { try value.checkThere() }
        }
        try mistakes.throwAny()
    }
}
