/// Finds e-mail addresses.
///
/// An address is a sign `@` with a name before it and a host name of at least two labels after it. Each character is
/// looked at a bounded number of times, whatever the text.
struct EmailScanner {
    private let scalars: [Unicode.Scalar]

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// The ranges of all addresses, in order.
    func ranges() -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < scalars.count {
            if scalars[index].isAtSign, let range = address(around: index, after: found.last?.upperBound ?? 0) {
                found.append(range)
                index = range.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    /// - Parameter floor: where the address before this one ended.
    private func address(around sign: Int, after floor: Int) -> Range<Int>? {
        guard let end = hostEnd(from: sign + 1) else { return nil }
        guard let start = nameStart(before: sign, after: floor) ?? quotedNameStart(before: sign, after: floor) else {
            return nil
        }
        return start..<end
    }

    private func nameStart(before sign: Int, after floor: Int) -> Int? {
        var start = sign
        while start > floor, scalars[start - 1].isNamePart { start -= 1 }
        // Quotes, stars and the like around an address are not its own.
        while start < sign, !scalars[start].isWordPart { start += 1 }
        return start < sign ? start : nil
    }

    /// `"first last"@example.com`: a name of at most 64 characters in quotes.
    private func quotedNameStart(before sign: Int, after floor: Int) -> Int? {
        guard sign > floor, scalars[sign - 1] == "\"" else { return nil }
        var start = sign - 2
        while start >= max(floor, sign - 66), !["@", "[", "]", "\n"].contains(scalars[start]) {
            if scalars[start] == "\"" { return start < sign - 2 ? start : nil }
            start -= 1
        }
        return nil
    }

    /// The end of the host name from here: labels joined by points, one of which could be a top-level domain. What is
    /// glued to the name with points and hyphens goes with it.
    private func hostEnd(from start: Int) -> Int? {
        var end = start
        while end < scalars.count, scalars[end].isHostLetter || scalars[end] == "." || scalars[end] == "-" { end += 1 }
        while end > start, !scalars[end - 1].isHostLetter { end -= 1 }
        return hasTopLevel(start..<end) ? end : nil
    }

    private func hasTopLevel(_ host: Range<Int>) -> Bool {
        var label = host.lowerBound
        for index in host.lowerBound...host.upperBound {
            let isPoint = index < host.upperBound && scalars[index] == "."
            if index == host.upperBound || isPoint || scalars[index] == "-" {
                if label > host.lowerBound, isTopLevel(label..<index) { return true }
            }
            if isPoint {
                guard index > label else { return false }
                label = index + 1
            }
        }
        return false
    }

    /// At least two letters or digits, of which the first is a letter, or a name in its ASCII form.
    private func isTopLevel(_ label: Range<Int>) -> Bool {
        guard label.count >= 2, scalars[label.lowerBound].digit == nil else { return false }
        return scalars[label.prefix(64)].allSatisfy { $0.isHostLetter }
            || scalars[label.prefix(4)].elementsEqual("xn--".unicodeScalars)
    }
}

extension Unicode.Scalar {
    /// Also as it is typed in East Asian scripts.
    fileprivate var isAtSign: Bool {
        self == "@" || self == "\u{FF20}" || self == "\u{FE6B}"
    }

    fileprivate var isHostLetter: Bool {
        isWordPart || isInvisible
    }

    fileprivate var isNamePart: Bool {
        isWordPart || isInvisible || "._+-%&'’~^$!*".unicodeScalars.contains(self)
    }
}
