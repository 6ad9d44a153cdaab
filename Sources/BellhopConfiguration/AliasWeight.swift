import Yams

/// How many values a YAML text has when its aliases are written out, found without writing them out.
///
/// Who composes a tree with Yams has it walked already, because the parser compares the keys of each mapping. So this
/// is known before: the text is composed once with a letter in place of each `*`, so that an alias is a word of its
/// own.
struct AliasWeight {
    /// For private use in Unicode, and so in nobody's configuration.
    private static let mark: Character = "\u{E000}"

    private let deepest: Int
    private var sizes: [String: Int] = [:]

    /// - Parameter deepest: what is nested deeper counts as endless.
    /// - Returns: at least the number of values; 0 for a text without aliases.
    /// - Throws: `YamlError` when the text is not YAML.
    static func of(_ text: String, deepest: Int) throws -> Int {
        guard text.utf8.contains(UInt8(ascii: "*")), text.utf8.contains(UInt8(ascii: "&")) else { return 0 }
        let plain = text.replacing("*", with: String(mark))
        let parser = try Parser(yaml: plain, resolver: .basic)
        guard let node = try parser.singleRoot() else { return 0 }
        // Nodes know their anchors as long as the parser lives.
        return withExtendedLifetime(parser) {
            var weight = AliasWeight(deepest: deepest)
            return weight.weigh(node, depth: 0)
        }
    }

    private init(deepest: Int) {
        self.deepest = deepest
    }

    private mutating func weigh(_ node: Node, depth: Int) -> Int {
        guard depth <= deepest else { return .max }
        var size = 1
        if let mapping = node.mapping {
            for (key, value) in mapping {
                size = Self.sum(size, weigh(key, depth: depth + 1))
                size = Self.sum(size, weigh(value, depth: depth + 1))
            }
        } else if let sequence = node.sequence {
            for value in sequence { size = Self.sum(size, weigh(value, depth: depth + 1)) }
        } else if let scalar = node.scalar {
            size = self.size(of: scalar)
        }
        // Only now, as the parser does it: within itself the name stands for what had it before.
        if let anchor = node.anchor { sizes[anchor.rawValue] = size }
        return size
    }

    /// Of an alias, what stands behind its name.
    private func size(of scalar: Node.Scalar) -> Int {
        guard scalar.style == .plain, scalar.string.first == Self.mark else { return 1 }
        let name = scalar.string.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
        return sizes[String(name), default: 1]
    }

    private static func sum(_ a: Int, _ b: Int) -> Int {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }
}
