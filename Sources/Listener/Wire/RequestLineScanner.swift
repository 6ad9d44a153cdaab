/// Reads a request line byte by byte: a method, a target and `HTTP/1.0` or `HTTP/1.1`, with one space between them and
/// CRLF behind.
package struct RequestLineScanner: Sendable {
    /// Longer than any method there is.
    private static let methodLength = 32
    /// RFC 9110, section 4.1, recommends to take at least 8,000.
    package static let targetLength = 8192
    /// Those of RFC 9110 and PATCH, but CONNECT. The decoder knows more; none of them means anything here.
    private static let methods = Set(
        ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"].map { Array($0.utf8) })
    private static let version = Array("HTTP/1.".utf8)

    private enum Place {
        case method, target, version(read: Int), carriageReturn, lineFeed
    }

    private var place = Place.method
    private var text: [UInt8] = []
    private var isOptions = false
    /// Whether it is a request of HTTP/1.0.
    package private(set) var isOld = false

    package init() {}

    /// - Returns: whether the line has ended.
    /// - Throws: `.malformedRequest`, `.methodNotAllowed` for a method that nothing here takes, or `.targetTooLong`.
    package mutating func take(_ byte: UInt8) throws(Refusal) -> Bool {
        switch place {
        case .method: try takeMethod(byte)
        case .target: try takeTarget(byte)
        case .version(let read): try takeVersion(byte, read)
        case .carriageReturn:
            guard byte == .carriageReturn else { throw .malformedRequest }
            place = .lineFeed
        case .lineFeed:
            guard byte == .lineFeed else { throw .malformedRequest }
            return true
        }
        return false
    }

    private mutating func takeMethod(_ byte: UInt8) throws(Refusal) {
        if byte == .space, !text.isEmpty {
            guard Self.methods.contains(text) else { throw .methodNotAllowed }
            isOptions = text.elementsEqual("OPTIONS".utf8)
            text.removeAll(keepingCapacity: true)
            place = .target
        } else {
            guard byte.isTokenCharacter, text.count < Self.methodLength else { throw .malformedRequest }
            text.append(byte)
        }
    }

    private mutating func takeTarget(_ byte: UInt8) throws(Refusal) {
        if byte == .space {
            guard let target = RequestTarget(text), target != .asterisk || isOptions else { throw .malformedRequest }
            text = []
            place = .version(read: 0)
        } else {
            guard byte.isVisibleASCII else { throw .malformedRequest }
            guard text.count < Self.targetLength else { throw .targetTooLong }
            text.append(byte)
        }
    }

    private mutating func takeVersion(_ byte: UInt8, _ read: Int) throws(Refusal) {
        if read < Self.version.count {
            guard byte == Self.version[read] else { throw .malformedRequest }
            place = .version(read: read + 1)
        } else {
            guard byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") else { throw .malformedRequest }
            isOld = byte == UInt8(ascii: "0")
            place = .carriageReturn
        }
    }
}
