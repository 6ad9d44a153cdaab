import Bellhop
import Foundation
import InboxCore

/// Bytes that nobody could read as JSON, in the forms in which a person can be looked for: small letters, with the
/// escapes of JSON and those of forms (`%40`) resolved in turn, as often as one may stand inside of the other.
struct SearchableText {
    /// JSON in a text of JSON in a field of a form, and as much again.
    private static let mostLayers = 4

    private let forms: [[UInt8]]

    init(_ body: Data) {
        var forms: [[UInt8]] = []
        var text = [UInt8](body)
        for _ in 0..<Self.mostLayers {
            let letters = text.resolvingEscapes(JSONEscape.init)
            let decoded = letters.resolvingEscapes(PercentEscape.init)
            for form in [letters, decoded].map({ $0.map(\.asciiLowercased) }) where form != forms.last {
                forms.append(form)
            }
            if decoded == text { break }
            text = decoded
        }
        self.forms = forms
    }

    /// Whether an id, an address or a telephone number stands here as a whole, the last however it is written.
    func names(_ subject: Subject) -> Bool {
        let words = Array(subject.value.utf8)
        return forms.contains { text in
            subject.kind == .phone
                ? text.indices.contains { text.shows(number: words, at: $0) }
                : text.indices.contains { text.shows(word: words, at: $0) }
        }
    }

    /// The numbers that stand here as a whole and can be ids, each once.
    var numbers: Set<Int64> {
        forms.reduce(into: []) { numbers, text in
            for word in text.split(whereSeparator: { !$0.isWordPart }) where word.count < 20 {
                if word.allSatisfy(\.isASCIIDigit), let number = Int64(String(decoding: word, as: UTF8.self)) {
                    numbers.insert(number)
                }
            }
        }
    }
}

extension [UInt8] {
    /// Letters and digits before or after would make it part of something else.
    fileprivate func shows(word: [UInt8], at start: Int) -> Bool {
        let end = start + word.count
        guard self[start] == word.first, end <= count, self[start..<end].elementsEqual(word) else { return false }
        return (start == 0 || !self[start - 1].isWordPart) && (end == count || !self[end].isWordPart)
    }

    /// Digits before or after would make it another number, but for the zeros that stand for a plus.
    fileprivate func shows(number: [UInt8], at start: Int) -> Bool {
        guard self[start] == number.first, !hasDigit(before: start) else { return false }
        var place = start
        for (index, digit) in number.enumerated() {
            while index > 0, place < count, self[place].maySeparateDigits { place += 1 }
            guard place < count, self[place] == digit else { return false }
            place += 1
        }
        return place == count || !self[place].isASCIIDigit
    }

    private func hasDigit(before start: Int) -> Bool {
        let zeros = self[..<start].suffix(2).elementsEqual("00".utf8) ? 2 : 0
        return self[..<(start - zeros)].last?.isASCIIDigit == true
    }

    fileprivate func resolvingEscapes<Escape: TextEscape>(
        _ read: (ArraySlice<UInt8>) -> Escape?
    ) -> [UInt8] {
        guard contains(Escape.mark) else { return self }
        var text: [UInt8] = []
        text.reserveCapacity(count)
        var rest = self[...]
        while let byte = rest.first {
            if byte == Escape.mark, let escape = read(rest) {
                text += escape.meaning
                rest = rest.dropFirst(escape.length)
            } else {
                text.append(byte)
                rest = rest.dropFirst()
            }
        }
        return text
    }
}

/// Bytes that stand for others.
private protocol TextEscape {
    /// What each of them begins with.
    static var mark: UInt8 { get }
    var meaning: [UInt8] { get }
    /// In bytes.
    var length: Int { get }
}

/// `\uXXXX`, or a letter after the backslash; one of a surrogate pair, or broken, stays as it is.
private struct JSONEscape: TextEscape {
    static let mark = UInt8(ascii: "\\")
    let meaning: [UInt8]
    let length: Int

    init?(_ text: ArraySlice<UInt8>) {
        guard let letter = text.dropFirst().first else { return nil }
        switch letter {
        case UInt8(ascii: "u"):
            guard let value = UInt32(hexDigits: text.dropFirst(2).prefix(4), count: 4),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            (meaning, length) = (Array(String(Character(scalar)).utf8), 6)
        // What breaks or moves a line separates words as well as a space.
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"):
            (meaning, length) = ([UInt8(ascii: " ")], 2)
        case UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "\""): (meaning, length) = ([letter], 2)
        default: return nil
        }
    }
}

/// `%XX`, a byte by its number.
private struct PercentEscape: TextEscape {
    static let mark = UInt8(ascii: "%")
    let meaning: [UInt8]
    let length = 3

    init?(_ text: ArraySlice<UInt8>) {
        guard let value = UInt32(hexDigits: text.dropFirst().prefix(2), count: 2) else { return nil }
        meaning = [UInt8(truncatingIfNeeded: value)]
    }
}

extension UInt32 {
    fileprivate init?(hexDigits bytes: ArraySlice<UInt8>, count: Int) {
        let digits = String(decoding: bytes, as: UTF8.self)
        guard bytes.count == count, digits.utf8.count == count, digits.allSatisfy(\.isHexDigit) else { return nil }
        self.init(digits, radix: 16)
    }
}

extension UInt8 {
    /// Letters of other scripts are none: many of those are written without spaces.
    fileprivate var isWordPart: Bool { isASCIILetter || isASCIIDigit }

    /// What stands between the digits of a telephone number.
    fileprivate var maySeparateDigits: Bool { " \t()-./+".utf8.contains(self) }
}
