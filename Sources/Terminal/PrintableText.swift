extension String {
    /// The text without anything that could steer a terminal: escape sequences are removed whole, line breaks and
    /// tabs become spaces, other control characters and marks that turn the direction of writing are removed.
    ///
    /// Use it for every text that came from outside before printing it.
    package var printable: String {
        var result = String.UnicodeScalarView()
        var filter = EscapeFilter()
        for scalar in unicodeScalars {
            switch filter.verdict(on: scalar) {
            case .keep: result.append(scalar)
            case .space: result.append(" ")
            case .drop: break
            }
        }
        return String(result)
    }
}

/// Follows escape sequences scalar by scalar.
private struct EscapeFilter {
    enum Verdict {
        case keep, space, drop
    }

    private enum State {
        case text
        /// After ESC.
        case escape
        /// Within ESC [ … up to a letter or another final byte.
        case control
        /// Within ESC ] … and its kin, up to BEL or ESC \.
        case string
        /// After ESC within such a string.
        case stringEscape
    }

    private var state = State.text

    mutating func verdict(on scalar: Unicode.Scalar) -> Verdict {
        switch state {
        case .text: return text(scalar)
        case .escape:
            state = Self.state(afterEscape: scalar)
        case .control:
            if scalar.value == 0x1B {
                state = .escape
            } else if !(0x20...0x3F).contains(scalar.value) {
                state = .text
            }
        case .string:
            if scalar.value == 0x07 || scalar.value == 0x9C {
                state = .text
            } else if scalar.value == 0x1B {
                state = .stringEscape
            }
        case .stringEscape:
            state = scalar == "\\" ? .text : .string
        }
        return .drop
    }

    private mutating func text(_ scalar: Unicode.Scalar) -> Verdict {
        switch scalar.value {
        case 0x1B: state = .escape
        case 0x9B: state = .control
        case 0x90, 0x98, 0x9D, 0x9E, 0x9F: state = .string
        case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: return .space
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: return .drop
        default:
            return scalar.properties.generalCategory == .control ? .drop : .keep
        }
        return .drop
    }

    private static func state(afterEscape scalar: Unicode.Scalar) -> State {
        switch scalar {
        case "[": .control
        case "]", "P", "X", "^", "_": .string
        case "\u{1B}": .escape
        // ESC with an intermediate byte, for example ESC ( B, ends with the next final byte.
        case " "..."/": .control
        default: .text
        }
    }
}
