/// Finds phone numbers: digits in groups of the shape that ``PhoneShape`` knows, with nothing beside them that makes
/// them something else.
///
/// Numbers that the event itself gives to orders, items and amounts are left alone, because answers are held against
/// them. In doubt about any other, the digits count as a phone number.
struct PhoneScanner {
    let scalars: [Unicode.Scalar]
    let groups: [DigitGroup]
    private let known: Set<String>

    /// - Parameter known: rows of digits that are no phone numbers.
    init(_ scalars: [Unicode.Scalar], keeping known: Set<String>) {
        self.scalars = scalars
        self.known = known
        groups = DigitGroup.groups(in: scalars)
    }

    /// The ranges of all phone numbers, in order.
    func ranges() -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < groups.count {
            if let (range, count) = number(from: index) {
                found.append(range)
                index += count
            } else {
                index += isDate(at: index) ? 3 : 1
            }
        }
        return found
    }

    /// The longest phone number that begins with a group.
    private func number(from first: Int) -> (range: Range<Int>, groups: Int)? {
        guard let start = start(at: first), start.hasPlus || !isDate(at: first) && !isKnownAlone(first) else {
            return nil
        }
        var shape = PhoneShape(isInternational: start.isInternational)
        var best: (end: Int, groups: Int)?
        var index = first
        while shape.append(groups[index], after: index == first ? nil : joint(after: index - 1)) {
            if shape.isPhone, let end = end(after: index), !known.contains(digits(first...index)) {
                best = (end, shape.groups.count)
            }
            guard let next = joint(after: index), !(next == .space && endsBefore(index + 1, shape)) else { break }
            index += 1
        }
        guard let best, start.hasPlus || !isCalledAnIdentifier(before: start.place) else { return nil }
        return (opening(from: start.place, to: best.end)..<best.end, best.groups)
    }

    /// Whether the group after a space begins something else.
    private func endsBefore(_ index: Int, _ shape: PhoneShape) -> Bool {
        shape.isComplete || isDate(at: index) || groups[index].count >= 7 && known.contains(digits(index...index))
    }

    /// What joins a group with the next one, if anything does.
    func joint(after index: Int) -> DigitGroup.Joint? {
        guard index + 1 < groups.count else { return nil }
        return DigitGroup.Joint(scalars[groups[index].range.upperBound..<groups[index + 1].range.lowerBound])
    }

    private func isDate(at index: Int) -> Bool {
        guard index + 2 < groups.count, let first = joint(after: index), let second = joint(after: index + 1) else {
            return false
        }
        return PhoneShape.isDate(groups[index...index + 2], joints: [first, second])
    }

    /// Whether the group is a number of the event that stands by itself.
    private func isKnownAlone(_ index: Int) -> Bool {
        let next = joint(after: index)
        return groups[index].count >= 4 && (next == nil || next == .space) && known.contains(digits(index...index))
    }

    /// The digits of some groups as they would stand in ASCII.
    private func digits(_ range: ClosedRange<Int>) -> String {
        guard !known.isEmpty else { return "" }
        return groups[range].flatMap { scalars[$0.range] }.compactMap(\.digit).map(String.init).joined()
    }

    private struct Start {
        var place: Int
        var isInternational: Bool
        var hasPlus = false
    }

    /// Where a number that begins with this group begins, or `nil` when none can begin here.
    private func start(at index: Int) -> Start? {
        let group = groups[index]
        let first = group.range.lowerBound
        for place in [first - 1, first - 2] where place >= 0 && scalars[place].isPlusSign {
            guard place == first - 1 || scalars[first - 1] == "(" else { break }
            guard place == 0 || scalars[place - 1].digit == nil else { return nil }
            return Start(place: place, isInternational: true, hasPlus: true)
        }
        if index > 0, let joint = joint(after: index - 1), isTight(index - 1) {
            guard joint == .slash, group.leadingZeros > 0 else { return nil }
        }
        guard hasFreeLeftEdge(at: first) else { return nil }
        return Start(place: first, isInternational: group.leadingZeros == 2)
    }

    /// Whether a group is joined with the next one without a space or a parenthesis.
    private func isTight(_ index: Int) -> Bool {
        let gap = scalars[groups[index].range.upperBound..<groups[index + 1].range.lowerBound]
        return !gap.contains { $0.isLineSpace || $0 == "(" || $0 == ")" }
    }

    /// Takes in the parenthesis before a number when its other half is inside.
    private func opening(from start: Int, to end: Int) -> Int {
        guard start > 0, scalars[start - 1] == "(" else { return start }
        var depth = 0
        for scalar in scalars[start..<end] {
            if scalar == "(" { depth += 1 }
            if scalar == ")" { depth -= 1 }
        }
        return depth < 0 ? start - 1 : start
    }
}

extension Unicode.Scalar {
    fileprivate var isPlusSign: Bool {
        self == "+" || self == "\u{FF0B}"
    }
}
