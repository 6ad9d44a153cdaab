/// Digits in a row.
struct DigitGroup {
    /// Where they stand in the text.
    var range: Range<Int>
    /// How many there are.
    var count: Int
    var leadingZeros: Int
    /// Their value; meaningless beyond 18 digits.
    var number: Int

    /// What stands between two groups of one number.
    enum Joint {
        case space, hyphen, dot, slash, parenthesis
    }

    /// All groups of a text, in order. Invisible characters do not end a group.
    static func groups(in scalars: [Unicode.Scalar]) -> [DigitGroup] {
        var groups: [DigitGroup] = []
        var index = 0
        while index < scalars.count {
            guard let first = scalars[index].digit else {
                index += 1
                continue
            }
            var group = DigitGroup(range: index..<index + 1, count: 0, leadingZeros: 0, number: 0)
            group.append(first)
            index += 1
            while index < scalars.count {
                if let digit = scalars[index].digit {
                    group.append(digit)
                    group.range = group.range.lowerBound..<index + 1
                } else if !scalars[index].isInvisible {
                    break
                }
                index += 1
            }
            groups.append(group)
        }
        return groups
    }

    private mutating func append(_ digit: Int) {
        if number == 0, digit == 0 { leadingZeros += 1 }
        count += 1
        number = number &* 10 &+ digit
    }
}

extension DigitGroup.Joint {
    /// - Parameter gap: what stands between two groups.
    /// - Returns: `nil` when they cannot belong to one number.
    init?(_ gap: ArraySlice<Unicode.Scalar>) {
        guard gap.count <= 8 else { return nil }
        let visible = gap.filter { !$0.isInvisible }
        let core = visible.filter { !$0.isLineSpace }
        let spaces = visible.count - core.count
        guard visible.count <= 4, spaces <= 2 else { return nil }
        let marks = core.filter { $0 != "(" && $0 != ")" }
        guard marks.count <= 1 else { return nil }
        switch marks.first {
        case nil: self = core.isEmpty ? .space : .parenthesis
        case let mark? where "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}".unicodeScalars.contains(mark):
            self = core.count > 1 ? .parenthesis : .hyphen
        case "."? where spaces == 0: self = core.count > 1 ? .parenthesis : .dot
        case "/"?: self = core.count > 1 ? .parenthesis : .slash
        default: return nil
        }
    }
}
