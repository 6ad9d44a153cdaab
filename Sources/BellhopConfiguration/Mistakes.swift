/// Gathers what is wrong while a reader goes on, so that it can be named all at once.
struct Mistakes {
    /// More than these help nobody.
    private static let most = 50

    /// Each once, in the order in which they were found.
    private var found: [ConfigurationError] = []
    private var dropped = 0

    /// What was found, and how much more.
    var all: [ConfigurationError] {
        guard dropped > 0, let file = found.last?.file else { return found }
        return found + [ConfigurationError(file: file, message: "and \(dropped) more")]
    }

    /// - Returns: `nil` when something is wrong.
    @discardableResult
    mutating func noting<Value>(_ read: () throws -> Value) -> Value? {
        do {
            return try read()
        } catch {
            let mistake = error as? ConfigurationError
            add((mistake ?? ConfigurationError(file: "configuration", message: "cannot be read")).all)
            return nil
        }
    }

    /// Reads a value into its place, if it is there.
    mutating func take<Value>(
        _ value: YAMLValue?, into place: inout Value, _ read: (YAMLValue) throws -> Value
    ) {
        if let value, let result = noting({ try read(value) }) { place = result }
    }

    mutating func add(_ mistakes: [ConfigurationError]) {
        for mistake in mistakes where !found.contains(mistake) {
            if found.count < Self.most { found.append(mistake) } else { dropped += 1 }
        }
    }

    /// - Throws: ``ConfigurationError`` with all of them, if there are any.
    func throwAny() throws {
        if let error = ConfigurationError(all: all) { throw error }
    }

    /// Those of one file, as a reader meets them.
    mutating func sortByLine() {
        found = found.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
            .map(\.element)
    }
}
