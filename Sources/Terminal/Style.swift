/// Whether text is coloured, decided once by who knows the terminal and then passed along.
package enum Style: Sendable, Hashable {
    case plain
    case colour

    /// Colour for a terminal, unless the person said no.
    ///
    /// - Parameters:
    ///   - environment: `NO_COLOR` that is not empty and `TERM=dumb` both mean plain.
    ///   - isTerminal: whether the output goes to a terminal.
    package static func detect(environment: [String: String], isTerminal: Bool) -> Style {
        let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return isTerminal && !refused && environment["TERM"] != "dumb" ? .colour : .plain
    }

    /// The text in a tint; unchanged when plain. The text must be ``Swift/String/printable`` already.
    package func paint(_ text: String, _ tint: Tint?) -> String {
        guard self == .colour, let tint, !text.isEmpty else { return text }
        return "\u{1B}[\(tint.code)m\(text)\u{1B}[0m"
    }
}

/// What a piece of text means, from which its colour follows.
package enum Tint: Sendable, Hashable, CaseIterable {
    case heading
    case success
    case warning
    case failure
    case muted

    /// As ECMA-48 numbers what "select graphic rendition" selects.
    fileprivate var code: Int {
        switch self {
        case .heading: 1  // bold
        case .success: 32  // green
        case .warning: 33  // yellow
        case .failure: 31  // red
        case .muted: 2  // faint
        }
    }
}
