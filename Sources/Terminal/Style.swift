import Rainbow

/// Whether text is coloured, decided once by who knows the terminal and then passed along.
package enum Style: Sendable, Hashable {
    case plain
    case colour

    /// Colour for a terminal, unless the person said no.
    ///
    /// - Parameters:
    ///   - environment: `NO_COLOR` with any value and `TERM=dumb` both mean plain.
    ///   - isTerminal: whether the output goes to a terminal.
    package static func detect(environment: [String: String], isTerminal: Bool) -> Style {
        let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return isTerminal && !refused && environment["TERM"] != "dumb" ? .colour : .plain
    }

    /// The text in a tint; unchanged when plain. The text must be ``Swift/String/printable`` already.
    package func paint(_ text: String, _ tint: Tint?) -> String {
        guard self == .colour, let tint, !text.isEmpty else { return text }
        let codes = tint.codes.map(String.init).joined(separator: ";")
        return "\u{1B}[\(codes)m\(text)\u{1B}[0m"
    }
}

/// What a piece of text means, from which its colour follows.
package enum Tint: Sendable, Hashable, CaseIterable {
    case heading
    case success
    case warning
    case failure
    case muted

    /// The codes of Rainbow's colours and styles. Rainbow's own painting asks global state whether to colour, so the
    /// escape sequence is put together in ``Style``.
    fileprivate var codes: [UInt8] {
        let segment: Rainbow.Segment =
            switch self {
            case .heading: .init(text: "", styles: [.bold])
            case .success: .init(text: "", color: .named(.green))
            case .warning: .init(text: "", color: .named(.yellow))
            case .failure: .init(text: "", color: .named(.red))
            case .muted: .init(text: "", styles: [.dim])
            }
        return (segment.color?.value ?? []) + (segment.styles ?? []).flatMap(\.value)
    }
}
