import Foundation

/// One word of a text that could be held against an event's facts.
struct FactToken: Hashable {
    enum Kind: Hashable {
        case orderNumber, amount, code, plain
    }

    var word: String
    var kind: Kind
    var amount: Decimal?

    static func tokens(in text: String) -> [FactToken] {
        text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && !"#.,-_/".contains($0) })
            .compactMap { FactToken(piece: $0) }
    }

    private init?(piece: Substring) {
        let trimmed = piece.trimming { ".,-_/".contains($0) }
        guard !trimmed.isEmpty else { return nil }
        word = String(trimmed)
        amount = Decimal(money: word)
        kind =
            if word.hasPrefix("#"), word.dropFirst().first?.isNumber == true {
                .orderNumber
            } else if amount != nil {
                .amount
            } else if word.looksLikeCode {
                .code
            } else {
                .plain
            }
    }
}

extension Substring {
    fileprivate func trimming(_ drop: (Character) -> Bool) -> Substring {
        var slice = self
        while let first = slice.first, drop(first) { slice.removeFirst() }
        while let last = slice.last, drop(last) { slice.removeLast() }
        return slice
    }
}

extension String {
    /// Upper-case letters and digits in at least two groups joined by hyphens, with at least one letter.
    fileprivate var looksLikeCode: Bool {
        let groups = split(separator: "-", omittingEmptySubsequences: false)
        return groups.count >= 2
            && groups.allSatisfy { group in
                !group.isEmpty && group.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
            }
            && contains { $0.isUppercase }
    }
}

extension Decimal {
    /// Digits with exactly two decimals, with commas or points: `1,234.50`, `16.65`, `16,65`.
    fileprivate init?(money text: String) {
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }),
            let mark = text.lastIndex(where: { $0 == "." || $0 == "," }),
            text[mark...].count == 3, mark != text.startIndex
        else { return nil }
        let whole = text[..<mark].filter(\.isNumber)
        self.init(string: whole + "." + text[mark...].dropFirst(), locale: Locale(identifier: "en_US_POSIX"))
    }
}
