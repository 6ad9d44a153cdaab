import Foundation
import InboxCore

/// Bytes that nobody could read as JSON, in the forms in which a person can be looked for: small letters, with `\u`
/// escapes resolved, and once more without what stands between the digits of a telephone number.
struct SearchableText {
    private let letters: Data
    private let numbers: Data

    init(_ body: Data) {
        letters = Self.lowered(Self.unescaped(body))
        numbers = letters.filter { !Self.betweenDigits.contains($0) }
    }

    func names(_ subject: Subject) -> Bool {
        let words = Data(subject.value.utf8)
        if letters.range(of: words) != nil { return true }
        return subject.kind == .phone && numbers.range(of: words) != nil
    }

    private static let betweenDigits = Set(" \t()-./+".utf8)

    private static func lowered(_ bytes: Data) -> Data {
        Data(bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 })
    }

    /// Each `\uXXXX` as the character that it stands for; one of a surrogate pair, or broken, stays as it is.
    private static func unescaped(_ body: Data) -> Data {
        guard body.range(of: Data("\\u".utf8)) != nil else { return body }
        let bytes = [UInt8](body)
        var text = Data(capacity: bytes.count)
        var place = 0
        while place < bytes.count {
            if let scalar = escape(in: bytes, at: place) {
                text.append(contentsOf: String(Character(scalar)).utf8)
                place += 6
            } else {
                text.append(bytes[place])
                place += 1
            }
        }
        return text
    }

    private static func escape(in bytes: [UInt8], at place: Int) -> Unicode.Scalar? {
        guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u")
        else { return nil }
        let digits = String(decoding: bytes[place + 2..<place + 6], as: UTF8.self)
        guard digits.allSatisfy(\.isHexDigit) else { return nil }
        return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    }
}
