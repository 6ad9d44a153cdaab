/// What a figure should come to.
package enum Aim: Sendable, Hashable {
    case atLeast(Double)
    case atMost(Double)
    case under(Double)

    /// - Parameter measured: as it was measured, not as it is printed. What is no number misses every aim.
    package func isMet(by measured: Double) -> Bool {
        switch self {
        case .atLeast(let bound): measured >= bound
        case .atMost(let bound): measured <= bound
        case .under(let bound): measured < bound
        }
    }

    /// The aim, and whether it is met: `at least 0.4: missed`.
    package func verdict(on measured: Double) -> String {
        "\(words): \(isMet(by: measured) ? "met" : "missed")"
    }

    private var words: String {
        switch self {
        case .atLeast(let bound): "at least \(Self.written(bound))"
        case .atMost(let bound): "at most \(Self.written(bound))"
        case .under(let bound): "under \(Self.written(bound))"
        }
    }

    private static func written(_ bound: Double) -> String {
        Int(exactly: bound).map(String.init) ?? String(bound)
    }
}
