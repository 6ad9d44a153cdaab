/// Groups of digits that may be a phone number, and whether they look like one.
///
/// With a `+` or `00` in front everything from 7 to 15 digits is one. Without it the groups must not look like a date,
/// an amount, a range of years or an internet address, and have 7 to 12 digits: longer rows of digits are the numbers
/// of things.
struct PhoneShape {
    private let isInternational: Bool
    private(set) var groups: [DigitGroup] = []
    private var joints: [DigitGroup.Joint] = []
    private var digits = 0

    init(isInternational: Bool) {
        self.isInternational = isInternational
    }

    /// - Returns: `false`, and nothing is added, when no phone number goes on like this.
    mutating func append(_ group: DigitGroup, after joint: DigitGroup.Joint?) -> Bool {
        guard digits + group.count <= (isInternational ? 15 : 12), admits(group, after: joint) else { return false }
        groups.append(group)
        if let joint { joints.append(joint) }
        digits += group.count
        return true
    }

    var isPhone: Bool {
        digits >= 7 && (isInternational || !looksLikeSomethingElse)
    }

    /// Whether digits after a space are another number.
    var isComplete: Bool {
        let lengths = groups.map(\.count)
        return lengths.last ?? 0 >= 7 || [[3, 3, 4], [1, 3, 3, 4], [2, 2, 2, 2, 2]].contains(lengths)
    }

    /// Whether the groups begin with a date of three groups.
    static func isDate(_ groups: ArraySlice<DigitGroup>, joints: [DigitGroup.Joint]) -> Bool {
        guard groups.count == 3, joints.count == 2, joints[0] == joints[1], joints[0] != .parenthesis else {
            return false
        }
        let parts = Array(groups)
        let yearFirst = parts[0].isYear && parts[1].isDay && parts[2].isDay
        let yearLast = parts[0].isDay && parts[1].isDay && parts[2].isYear
        return yearFirst || yearLast
    }

    private func admits(_ group: DigitGroup, after joint: DigitGroup.Joint?) -> Bool {
        guard let joint, let first = groups.first else {
            // A single digit in front is a trunk prefix or a country.
            return isInternational || group.count > 1 || [0, 1, 7, 8].contains(group.number)
        }
        if group.count == 1, !isInternational || digits > 4 && joint == .space { return false }
        switch joint {
        case .space, .parenthesis: return true
        case .slash: return isInternational || groups.count == 1 && first.leadingZeros > 0 && first.count > 1
        case .hyphen: return !joints.contains(.dot) && hasShortGroupsBeforeSpaces
        case .dot: return !joints.contains(.hyphen) && hasShortGroupsBeforeSpaces
        }
    }

    /// `12345 555-123-4567` is two numbers, `020 7946-0958` is one.
    private var hasShortGroupsBeforeSpaces: Bool {
        isInternational || !zip(groups, joints).contains { $1 == .space && $0.count > 4 }
    }

    private var looksLikeSomethingElse: Bool {
        PhoneShape.isDate(groups[...], joints: joints) || isCompactDate || isRangeOfYears || isGroupedAmount
            || isDecimal
            || isInternetAddress
    }

    /// `20261124`.
    private var isCompactDate: Bool {
        guard groups.count == 1, groups[0].count == 8 else { return false }
        let number = groups[0].number
        return (1900...2099).contains(number / 10_000) && (1...12).contains(number / 100 % 100)
            && (1...31).contains(number % 100)
    }

    private var isRangeOfYears: Bool {
        groups.count == 2 && groups.allSatisfy(\.isYear) && joints[0] != .parenthesis
    }

    /// `1.234.567` or `1 234 567`.
    private var isGroupedAmount: Bool {
        guard let first = groups.first, groups.count > 1, groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
            return false
        }
        return joints.allSatisfy { $0 == .dot } && first.count <= 3
            || joints.allSatisfy { $0 == .space } && first.count <= 2 && first.leadingZeros == 0
    }

    /// `1234567.89` or `0.1234567`, but not `030.1234567`.
    private var isDecimal: Bool {
        guard groups.count == 2, joints[0] == .dot else { return false }
        return !(groups[0].leadingZeros > 0 && groups[0].count > 1 && groups[1].count > 4)
    }

    private var isInternetAddress: Bool {
        groups.count == 4 && joints.allSatisfy { $0 == .dot } && groups.allSatisfy { $0.count <= 3 && $0.number <= 255 }
    }
}

extension DigitGroup {
    fileprivate var isYear: Bool {
        count == 4 && (1900...2099).contains(number)
    }

    /// Of a month, or a month.
    fileprivate var isDay: Bool {
        count <= 2 && (1...31).contains(number)
    }
}
