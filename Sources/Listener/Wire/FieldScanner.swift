/// Reads the lines of a header or trailer section byte by byte, up to the empty line.
package struct FieldScanner: Sendable {
    /// What a byte has ended.
    package enum Step: Sendable, Equatable {
        case nothing
        /// A field. Its name is in lower case; of a name that is of no interest only the beginning is kept, and no
        /// value.
        case field(name: [UInt8], value: [UInt8])
        case section
    }

    private enum Place {
        case lineStart, name, beforeValue, value, lineFeed, lastLineFeed
    }

    /// Of the names that are kept, the longest has fewer.
    private static let nameLength = 64
    /// No value that is of interest is that long.
    private static let valueLength = 1024

    private var place = Place.lineStart
    private var name: [UInt8] = []
    private var value: [UInt8] = []
    private var keepsValue = false
    private let isOfInterest: @Sendable ([UInt8]) -> Bool
    private let most: Int
    /// Fields begun.
    package private(set) var count: Int

    /// - Parameters:
    ///   - most: the most fields that are taken.
    ///   - count: how many of them are used up.
    ///   - isOfInterest: told a name in lower case, says whether its value is wanted.
    package init(most: Int, after count: Int = 0, isOfInterest: @escaping @Sendable ([UInt8]) -> Bool) {
        self.most = most
        self.count = count
        self.isOfInterest = isOfInterest
    }

    /// - Throws: `.malformedRequest`, or `.headersTooLarge` when there are too many or a value of interest is too long.
    package mutating func take(_ byte: UInt8) throws(Refusal) -> Step {
        switch place {
        case .lineStart: try startLine(byte)
        case .name: try takeName(byte)
        case .beforeValue:
            if !byte.isBlank { try takeValue(byte) }
        case .value: try takeValue(byte)
        case .lineFeed:
            guard byte == .lineFeed else { throw .malformedRequest }
            place = .lineStart
            return .field(name: name, value: value)
        case .lastLineFeed:
            guard byte == .lineFeed else { throw .malformedRequest }
            place = .lineStart
            return .section
        }
        return .nothing
    }

    /// A line that begins with a space would go on with the one before: obsolete folding.
    private mutating func startLine(_ byte: UInt8) throws(Refusal) {
        if byte == .carriageReturn {
            place = .lastLineFeed
            return
        }
        guard byte.isTokenCharacter else { throw .malformedRequest }
        count += 1
        guard count <= most else { throw .headersTooLarge }
        name.removeAll(keepingCapacity: true)
        value.removeAll(keepingCapacity: true)
        name.append(byte.lowercasedASCII)
        place = .name
    }

    private mutating func takeName(_ byte: UInt8) throws(Refusal) {
        if byte == UInt8(ascii: ":") {
            keepsValue = isOfInterest(name)
            place = .beforeValue
        } else {
            guard byte.isTokenCharacter else { throw .malformedRequest }
            if name.count < Self.nameLength { name.append(byte.lowercasedASCII) }
        }
    }

    private mutating func takeValue(_ byte: UInt8) throws(Refusal) {
        if byte == .carriageReturn {
            while value.last?.isBlank == true { value.removeLast() }
            place = .lineFeed
            return
        }
        guard byte.isValueCharacter else { throw .malformedRequest }
        place = .value
        guard keepsValue else { return }
        guard value.count < Self.valueLength else { throw .headersTooLarge }
        value.append(byte)
    }
}
