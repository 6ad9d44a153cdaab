/// Reads what lies between the data of a chunked body, byte by byte: sizes, extensions, and the ends of lines (RFC
/// 9112, section 7.1).
package struct ChunkScanner: Sendable {
    /// What a byte has ended.
    package enum Step: Sendable, Equatable {
        case nothing
        /// So many bytes of data come next; at least one.
        case data(Int)
        /// The last chunk: the trailers come next.
        case last
    }

    private enum Place {
        case size, extensionName, extensionValue, quoted, escaped, afterQuoted, sizeLineFeed
        case dataCarriageReturn, dataLineFeed
    }

    /// 64 bits; zeros before them count.
    private static let sizeDigits = 16
    /// Beside a share of the data, this much may go into sizes and extensions.
    private static let packing = 16 << 10
    /// Extensions mean nothing to anybody.
    private static let extensionBytes = 1024

    private var place = Place.size
    private var size: UInt64 = 0
    private var digits = 0
    /// Of the extension's name or value.
    private var length = 0
    private var extensions = 0
    /// Bytes that are not data, less twice the data: a body of single bytes costs five times as many in packing.
    private var excess = 0

    package init() {}

    /// - Throws: `.malformedRequest`, also when there is much more packing than data.
    package mutating func take(_ byte: UInt8) throws(Refusal) -> Step {
        excess += 1
        guard excess <= Self.packing else { throw .malformedRequest }
        switch place {
        case .size: try takeSize(byte)
        case .extensionName, .extensionValue, .quoted, .escaped, .afterQuoted: try takeExtension(byte)
        case .sizeLineFeed:
            guard byte == .lineFeed else { throw .malformedRequest }
            return startData()
        case .dataCarriageReturn:
            guard byte == .carriageReturn else { throw .malformedRequest }
            place = .dataLineFeed
        case .dataLineFeed:
            guard byte == .lineFeed else { throw .malformedRequest }
            (place, size, digits) = (.size, 0, 0)
        }
        return .nothing
    }

    private mutating func startData() -> Step {
        place = .dataCarriageReturn
        guard size > 0 else { return .last }
        let count = Int(size)
        // The data has to come before the next byte is read here: it may be credited now.
        excess = max(0, excess - 2 * min(count, Self.packing))
        return .data(count)
    }

    private mutating func takeSize(_ byte: UInt8) throws(Refusal) {
        if let digit = byte.hexValue {
            digits += 1
            guard digits <= Self.sizeDigits, size <= UInt64(Int.max) >> 4 else { throw .malformedRequest }
            size = size << 4 | digit
        } else {
            guard digits > 0 else { throw .malformedRequest }
            try endPart(byte)
        }
    }

    private mutating func takeExtension(_ byte: UInt8) throws(Refusal) {
        extensions += 1
        guard extensions <= Self.extensionBytes else { throw .malformedRequest }
        switch place {
        case .extensionName where byte == UInt8(ascii: "=") && length > 0: (place, length) = (.extensionValue, 0)
        case .extensionValue where byte == UInt8(ascii: "\"") && length == 0: place = .quoted
        case .extensionName, .extensionValue:
            if byte.isTokenCharacter {
                length += 1
            } else {
                guard length > 0 else { throw .malformedRequest }
                try endPart(byte)
            }
        case .quoted where byte == UInt8(ascii: "\""): place = .afterQuoted
        case .quoted where byte == UInt8(ascii: "\\"): place = .escaped
        case .quoted, .escaped:
            guard byte.isValueCharacter else { throw .malformedRequest }
            place = .quoted
        default: try endPart(byte)
        }
    }

    /// Behind a size, a name or a value: another extension, or the end of the line.
    private mutating func endPart(_ byte: UInt8) throws(Refusal) {
        switch byte {
        case UInt8(ascii: ";"): (place, length) = (.extensionName, 0)
        case .carriageReturn: place = .sizeLineFeed
        default: throw .malformedRequest
        }
    }
}
