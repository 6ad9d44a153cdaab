/// Tells which occurrence of its name each question of one run is, so that a later run finds the same question again.
///
/// Of two questions under way at once with one name it would depend on timing which is the first: that is refused.
package struct StepNames: Sendable {
    /// In bytes of UTF-8.
    private static let longestName = 200

    private var asked: [String: Int] = [:]
    private var underWay: Set<String> = []

    package init() {}

    /// Begins a question; ``end(_:)`` must follow.
    ///
    /// - Returns: 0 for the first of this name, then counting up.
    package mutating func begin(_ name: String) throws(StepNameError) -> Int {
        guard !name.isEmpty, name.utf8.count <= Self.longestName else { throw .unusable }
        guard underWay.insert(name).inserted else { throw .askedAtOnce(name) }
        defer { asked[name, default: 0] += 1 }
        return asked[name, default: 0]
    }

    package mutating func end(_ name: String) {
        underWay.remove(name)
    }
}

/// A question cannot be told from others, so that its answer could not be found again.
package enum StepNameError: Error, Sendable, Hashable, CustomStringConvertible {
    case askedAtOnce(_ name: String)
    case unusable

    package var description: String {
        switch self {
        case .askedAtOnce(let name):
            "two questions named \(name) are asked at once: give each a name of its own with the parameter step of "
                + "context.ask"
        case .unusable:
            "the step of a question must be a name of 1 to 200 bytes: give it a shorter one in context.ask"
        }
    }
}
