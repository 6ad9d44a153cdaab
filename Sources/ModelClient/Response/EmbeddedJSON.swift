import Foundation
import Vocabulary

/// Finds JSON in a text that may have a code fence or prose around it.
struct EmbeddedJSON {
    /// Places that are tried; a text full of brackets must not cost more than a few passes over it.
    private static let maxStarts = 32

    /// The whole text if it is JSON, else each object and list that stands in it, in order. Nothing in a text that has
    /// more brackets than are tried: what stands behind them may be the answer.
    let values: [JSONValue]
    /// Whether the text ends with the last of them, or with a code fence round it, and nothing that was opened is
    /// still open.
    let endsWithLast: Bool

    init(text: String) {
        if let whole = Self.parse(text[...]) {
            (values, endsWithLast) = ([whole], true)
            return
        }
        var found: [JSONValue] = []
        let bytes = text.utf8
        var place = bytes.startIndex
        var endOfLast: String.Index?
        var starts = 0
        var isOpen = false
        while let start = bytes[place...].firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }) {
            starts += 1
            guard starts <= Self.maxStarts else {
                (values, endsWithLast) = ([], false)
                return
            }
            place = bytes.index(after: start)
            guard let end = Self.end(of: bytes[start...]) else {
                isOpen = true
                continue
            }
            if let value = Self.parse(text[start..<end]) {
                found.append(value)
                place = end
                endOfLast = end
            }
        }
        values = found
        endsWithLast = !isOpen && (endOfLast.map { text[$0...].allSatisfy { $0.isWhitespace || $0 == "`" } } ?? false)
    }

    private static func parse(_ text: Substring) -> JSONValue? {
        try? JSONValue(parsing: Data(text.utf8))
    }

    /// Where the brackets that open at the start are closed again; those inside of strings do not count.
    private static func end(of bytes: Substring.UTF8View) -> String.Index? {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for (index, byte) in zip(bytes.indices, bytes) {
            if isEscaped {
                isEscaped = false
            } else if isInString {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isInString = false }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
                if depth == 0 { return bytes.index(after: index) }
            }
        }
        return nil
    }
}
