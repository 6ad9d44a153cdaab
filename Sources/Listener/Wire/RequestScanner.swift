/// Reads the bytes of a connection ahead of the HTTP decoder and says how far they are requests as RFC 9112 writes
/// them.
///
/// The decoder forgives much that is ambiguous. It only ever sees what has passed here, so that the two cannot disagree
/// about where a request ends. A value without I/O: it is given bytes in pieces of any size, and holds a few of them.
package struct RequestScanner: Sendable {
    /// Why a scan went no further.
    package enum Stop: Sendable, Equatable {
        /// All bytes are taken.
        case bytesEnded
        /// The last byte taken ends a request.
        case requestEnded
        /// The next byte is one too many.
        case fault(Refusal)
        /// After a fault, or after a request that ends its connection: nothing is taken any more.
        case closed
    }

    private enum Place {
        case start, startLineFeed, line, fields, body, chunks, trailers, closed
    }

    private let headBytes: Int
    private let headFields: Int
    private var place = Place.start
    private var line = RequestLineScanner()
    private var fields: FieldScanner
    private var framing = MessageFraming()
    private var chunks = ChunkScanner()
    private var isAfterEmptyLine = false
    private var isCutInHead = false
    /// Of the head and the trailers together.
    private var read = 0
    /// Data that is still to come of the body, or of the chunk.
    private var rest = 0

    /// - Parameters:
    ///   - headBytes: the most bytes of a request that are not its body: request line, headers and trailers.
    ///   - headFields: the most headers and trailers together.
    package init(headBytes: Int, headFields: Int) {
        self.headBytes = headBytes
        self.headFields = headFields
        fields = Self.fields(most: headFields)
    }

    /// Whether the head has come of a request that ends its connection.
    package private(set) var isLast = false
    /// Whether that is a request of HTTP/1.0, as which it always ends it.
    package private(set) var isOld = false

    package var isBetweenRequests: Bool {
        place == .start
    }

    /// Whether the bytes taken last belong to a head that is not complete, or never will be after a fault.
    package var isInHead: Bool {
        place == .startLineFeed || place == .line || place == .fields || isCutInHead
    }

    /// - Returns: how many bytes from the first on may be handed to the decoder, and what is behind them.
    package mutating func scan(_ bytes: Span<UInt8>) -> (count: Int, stop: Stop) {
        guard place != .closed else { return (0, .closed) }
        var index = 0
        while index < bytes.count {
            let isEnded: Bool
            if rest > 0 {
                let count = min(rest, bytes.count - index)
                index += count
                isEnded = skip(count)
            } else {
                do throws(Refusal) {
                    isEnded = try take(bytes[index])
                } catch {
                    isCutInHead = isInHead
                    place = .closed
                    return (index, .fault(error))
                }
                index += 1
            }
            if isEnded { return (index, .requestEnded) }
        }
        return (index, .bytesEnded)
    }

    /// - Returns: whether the data was the last of its request.
    private mutating func skip(_ count: Int) -> Bool {
        rest -= count
        guard rest == 0, place == .body else { return false }
        end()
        return true
    }

    /// - Returns: whether the request has ended.
    private mutating func take(_ byte: UInt8) throws(Refusal) -> Bool {
        switch place {
        case .start, .startLineFeed: try start(byte)
        case .line:
            try countHead()
            if try line.take(byte) { place = .fields }
        case .fields:
            try countHead()
            return try takeField(byte)
        case .chunks:
            switch try chunks.take(byte) {
            case .nothing: break
            case .data(let count): rest = count
            case .last:
                fields = FieldScanner(most: headFields, after: fields.count) { _ in false }
                place = .trailers
            }
        case .trailers:
            try countHead()
            return try takeTrailer(byte)
        case .body, .closed: break
        }
        return false
    }

    /// One empty line before a request is passed over, as some old senders put one behind a body.
    private mutating func start(_ byte: UInt8) throws(Refusal) {
        if place == .startLineFeed {
            guard byte == .lineFeed else { throw .malformedRequest }
            (place, isAfterEmptyLine) = (.start, true)
        } else if byte == .carriageReturn, !isAfterEmptyLine {
            place = .startLineFeed
        } else {
            line = RequestLineScanner()
            framing = MessageFraming()
            fields = Self.fields(most: headFields)
            (place, read, isAfterEmptyLine) = (.line, 1, false)
            _ = try line.take(byte)
        }
    }

    private mutating func takeField(_ byte: UInt8) throws(Refusal) -> Bool {
        switch try fields.take(byte) {
        case .nothing: return false
        case .field(let name, let value):
            try framing.take(name, value)
            return false
        case .section:
            let body = try framing.body(isOld: line.isOld)
            isOld = line.isOld
            isLast = isOld || framing.isLast
            switch body {
            case .chunked:
                (chunks, place) = (ChunkScanner(), .chunks)
                return false
            case .length(let length):
                (rest, place) = (length, .body)
                if length == 0 { end() }
                return length == 0
            }
        }
    }

    private mutating func takeTrailer(_ byte: UInt8) throws(Refusal) -> Bool {
        switch try fields.take(byte) {
        case .nothing: return false
        case .field(let name, _):
            guard TrailerRules.allows(name) else { throw .malformedRequest }
            return false
        case .section:
            end()
            return true
        }
    }

    private mutating func end() {
        place = isLast ? .closed : .start
    }

    private mutating func countHead() throws(Refusal) {
        read += 1
        guard read <= headBytes else { throw .headersTooLarge }
    }

    private static func fields(most: Int) -> FieldScanner {
        FieldScanner(most: most) { MessageFraming.wants($0) }
    }
}
