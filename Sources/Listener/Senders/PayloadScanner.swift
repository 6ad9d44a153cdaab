/// Follows the strings, brackets and keys of a JSON text byte by byte, as ``PayloadScan`` wants it.
///
/// Every delivery passes here before it is answered. So nothing is copied but the values found, and where no key is
/// looked for, only quotes and brackets count.
struct PayloadScanner {
    /// What stands between the last bracket, comma or colon and the place reached.
    private enum Value {
        case nothing
        /// Its place without the quotes; `nil` for one that is none of those looked for.
        case text(Range<Int>?)
        case number(Range<Int>)
        /// A word, a sign, a fraction, or several in a row.
        case odd
    }

    private let seeksOrder: Bool
    private var position = 0
    /// Open brackets.
    private var depth = 0
    /// Whether the second bracket is that of the object `order`.
    private var isInOrder = false
    /// The key whose value comes next.
    private var key: PayloadScan.Key?
    private var value = Value.nothing

    init(seekingOrder: Bool) {
        seeksOrder = seekingOrder
    }

    /// - Parameter end: how many of the bytes are looked at.
    mutating func scan(_ bytes: Span<UInt8>, upTo end: Int, into found: inout PayloadScan) {
        let bytes = bytes.extracting(0..<end)
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): meet(.text(string(bytes)))
            case UInt8(ascii: "0")...UInt8(ascii: "9"): meet(.number(number(bytes)))
            case UInt8(ascii: ":"):
                key = Self.key(value, in: bytes)
                value = .nothing
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                guard depth > 0 || byte == UInt8(ascii: "{") else { return }
                isInOrder = depth == 1 ? seeksOrder && key == .order && byte == UInt8(ascii: "{") : isInOrder
                depth += 1
                forgetValue()
                passOver(bytes)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                keep(in: &found, of: bytes)
                depth -= 1
                isInOrder = false
                if depth <= 0 { return }
            case UInt8(ascii: ","):
                keep(in: &found, of: bytes)
                if found.isComplete(seekingOrder: seeksOrder) { return }
            case .space, .tab, .lineFeed, .carriageReturn: break
            default: value = .odd
            }
        }
    }

    /// How many brackets may be open where keys are looked for.
    private var watchedDepth: Int {
        isInOrder ? 2 : 1
    }

    /// Goes to where keys are looked for again.
    private mutating func passOver(_ bytes: Span<UInt8>) {
        while depth > watchedDepth, position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): passString(bytes)
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
    }

    private mutating func meet(_ new: Value) {
        if case .nothing = value { value = new } else { value = .odd }
    }

    private mutating func forgetValue() {
        (key, value) = (nil, .nothing)
    }

    /// Hands the value that ends here over, if it is a text or a number under a key that is looked for.
    private mutating func keep(in found: inout PayloadScan, of bytes: Span<UInt8>) {
        defer { forgetValue() }
        guard let key else { return }
        switch value {
        case .text(let place?), .number(let place):
            guard place.count <= PayloadScan.longestValue else { return }
            found.take(Self.text(at: place, in: bytes), under: key, isInOrder: isInOrder)
        case .text(nil), .nothing, .odd: break
        }
    }

    /// The rest of a string up to its closing quote, which is passed.
    ///
    /// - Returns: `nil` when it holds more than visible ASCII, or an escape other than `\/`, or has no end.
    private mutating func string(_ bytes: Span<UInt8>) -> Range<Int>? {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return start..<(position - 1) }
            if byte == UInt8(ascii: "\\"), position < bytes.count, bytes[position] == UInt8(ascii: "/") {
                position += 1
            } else if byte == UInt8(ascii: "\\") || !byte.isVisibleASCII {
                position -= 1
                passString(bytes)
                return nil
            }
        }
        return nil
    }

    /// Passes the rest of a string and its closing quote.
    private mutating func passString(_ bytes: Span<UInt8>) {
        while true {
            position += Self.plainBytes(in: bytes, from: position)
            guard position < bytes.count else { return }
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return }
            // What is escaped may be a quote.
            if byte == UInt8(ascii: "\\"), position < bytes.count { position += 1 }
        }
    }

    /// How many bytes there are before the next quote or backslash. Eight are looked at in one step: nearly all bytes of
    /// a body stand in its strings.
    private static func plainBytes(in bytes: Span<UInt8>, from start: Int) -> Int {
        let raw = bytes.bytes
        var position = start
        while position + 8 <= raw.byteCount {
            let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let found = word.bytesEqual(to: UInt8(ascii: "\"")) | word.bytesEqual(to: UInt8(ascii: "\\"))
            if found != 0 { return position - start + found.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
            position += 1
        }
        return position - start
    }

    /// The digits of which the first has been passed.
    private mutating func number(_ bytes: Span<UInt8>) -> Range<Int> {
        let start = position - 1
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        return start..<position
    }

    private static let names = PayloadScan.Key.allCases.map { (key: $0, name: Array($0.rawValue.utf8)) }

    private static func key(_ value: Value, in bytes: Span<UInt8>) -> PayloadScan.Key? {
        guard case .text(let place?) = value else { return nil }
        for (key, name) in names where name.count == place.count {
            if name.indices.allSatisfy({ name[$0] == bytes[place.lowerBound + $0] }) { return key }
        }
        return nil
    }

    /// The only escape in it, `\/`, is resolved.
    private static func text(at place: Range<Int>, in bytes: Span<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(place.count)
        for index in place where bytes[index] != UInt8(ascii: "\\") { text.append(bytes[index]) }
        return String(decoding: text, as: UTF8.self)
    }
}

extension UInt64 {
    /// Marks the highest bit of each of its eight bytes that has this value. Above the lowest that is marked, others may
    /// be marked wrongly.
    fileprivate func bytesEqual(to byte: UInt8) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let difference = self ^ (ones &* UInt64(byte))
        return (difference &- ones) & ~difference & (ones << 7)
    }
}
