import Foundation

/// One word of a text that could be held against an event's facts.
struct FactToken: Hashable {
    enum Kind: Hashable {
        case orderNumber, amount, code, plain
    }

    /// In upper case, so that words compare whatever their case.
    var word: String
    var kind: Kind
    /// The number that the word is, if it is one.
    var number: Decimal?

    static func tokens(in text: String) -> [FactToken] {
        text.joiningDigitGroups()
            .split(whereSeparator: { !$0.isLetter && !$0.isNumber && !"#.,-_/".contains($0) })
            .compactMap { FactToken(piece: $0) }
    }

    init?(piece: Substring) {
        let trimmed = piece.trimming { ".,-_/".contains($0) }
        guard !trimmed.isEmpty else { return nil }
        word = trimmed.uppercased()
        let money = Decimal(money: word)
        number = money ?? Decimal(plainNumber: word)
        kind =
            if word.hasPrefix("#"), word.dropFirst().first?.isNumber == true {
                .orderNumber
            } else if money != nil {
                .amount
            } else if trimmed.looksLikeCode {
                .code
            } else {
                .plain
            }
    }
}

extension String {
    /// Without the marks that some languages write between groups of digits: `1'234.50`, or narrow spaces.
    fileprivate func joiningDigitGroups() -> String {
        guard unicodeScalars.contains(where: { "'’\u{A0}\u{2009}\u{202F}".unicodeScalars.contains($0) }) else {
            return self
        }
        return replacing(#/(\d)['’\u{00A0}\u{2009}\u{202F}](?=\d{3})/#) { $0.1 }
    }
}

extension Substring {
    fileprivate func trimming(_ drop: (Character) -> Bool) -> Substring {
        var slice = self
        while let first = slice.first, drop(first) { slice.removeFirst() }
        while let last = slice.last, drop(last) { slice.removeLast() }
        return slice
    }

    /// Upper-case letters and digits in groups joined by hyphens: at least three groups (`KC-LBT-SND`), or two with a
    /// digit (`SOAP-3`). Ordinary words such as `USB-C` or `T-SHIRT` are not codes.
    fileprivate var looksLikeCode: Bool {
        let groups = split(separator: "-", omittingEmptySubsequences: false)
        return (groups.count >= 3 || groups.count == 2 && contains(where: \.isNumber))
            && groups.allSatisfy { group in
                !group.isEmpty && group.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
            }
            && contains(where: \.isUppercase)
    }
}

extension Decimal {
    /// Digits with exactly two decimals, with commas or points: `1,234.50`, `1.234,50`, `16.65`, `16,65`.
    fileprivate init?(money text: String) {
        guard text.utf8.count <= 30,
            text.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }),
            let mark = text.lastIndex(where: { $0 == "." || $0 == "," }),
            text[mark...].count == 3, mark != text.startIndex
        else { return nil }
        self.init(plainNumber: text[..<mark].filter(\.isNumber) + "." + text[mark...].dropFirst())
    }
}
