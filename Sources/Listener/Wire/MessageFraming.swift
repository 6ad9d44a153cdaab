/// What the headers of a request say about where its body ends (RFC 9112, section 6), and about the connection.
///
/// Two readers that end a body in different places are how one request is smuggled inside another. So nothing is
/// mended: what is said twice, in two ways, or not quite right is refused.
package struct MessageFraming: Sendable, Equatable {
    package enum Body: Sendable, Equatable {
        case length(Int)
        case chunked
    }

    private static let contentLength = Array("content-length".utf8)
    private static let transferEncoding = Array("transfer-encoding".utf8)
    private static let host = Array("host".utf8)
    private static let connection = Array("connection".utf8)
    private static let upgrade = Array("upgrade".utf8)
    private static let ofInterest: Set = [contentLength, transferEncoding, host, connection, upgrade]

    private var length: Int?
    private var isChunked = false
    private var hasHost = false
    /// Whether the connection ends with the answer: it was asked for, or the sender would go on in another protocol.
    package private(set) var isLast = false

    package init() {}

    /// - Parameter name: in lower case.
    package static func wants(_ name: [UInt8]) -> Bool {
        ofInterest.contains(name)
    }

    /// - Parameter value: without blanks around it.
    /// - Throws: `.malformedRequest`, `.bodyTooLarge` for a length beyond all numbers, or `.transferCodingUnknown`.
    package mutating func take(_ name: [UInt8], _ value: [UInt8]) throws(Refusal) {
        switch name {
        case Self.contentLength:
            guard length == nil else { throw .malformedRequest }
            length = try Self.number(value)
        case Self.transferEncoding:
            guard !isChunked else { throw .malformedRequest }
            try Self.checkCodings(value)
            isChunked = true
        case Self.host:
            guard !hasHost, RequestTarget.isHost(value) else { throw .malformedRequest }
            hasHost = true
        case Self.connection:
            if Self.list(value).contains(where: { $0.elementsEqual("close".utf8) }) { isLast = true }
        case Self.upgrade: isLast = true
        default: break
        }
    }

    /// - Parameter isOld: whether it is a request of HTTP/1.0, which has no Host to name and knows no chunks.
    /// - Throws: `.malformedRequest`.
    package func body(isOld: Bool) throws(Refusal) -> Body {
        guard hasHost || isOld, !(isChunked && isOld), !(isChunked && length != nil) else { throw .malformedRequest }
        return isChunked ? .chunked : .length(length ?? 0)
    }

    private static func number(_ value: [UInt8]) throws(Refusal) -> Int {
        guard !value.isEmpty, value.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw .malformedRequest
        }
        // 18 digits always fit.
        guard value.count <= 18 else { throw .bodyTooLarge }
        return value.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Lets pass nothing but `chunked`. Where that is not the last coding, and once, the end of the body is anybody's
    /// guess; where it is, the codings before it are merely unknown here.
    private static func checkCodings(_ value: [UInt8]) throws(Refusal) {
        let codings = list(value)
        let chunked = "chunked".utf8
        guard codings.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isTokenCharacter) }),
            codings.filter({ $0.elementsEqual(chunked) }).count == 1, codings.last?.elementsEqual(chunked) == true
        else { throw .malformedRequest }
        guard codings.count == 1 else { throw .transferCodingUnknown }
    }

    /// The members of a list, in lower case and without blanks around them.
    private static func list(_ value: [UInt8]) -> [[UInt8]] {
        value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { member in
            let start = member.drop(while: \.isBlank)
            return start.prefix(start.lastIndex { !$0.isBlank }.map { $0 - start.startIndex + 1 } ?? 0)
                .map(\.lowercasedASCII)
        }
    }
}

/// Fields that a trailer must not have (RFC 9110, section 6.5.1): they would change what has been decided already.
package enum TrailerRules {
    private static let forbidden = Set(
        [
            "authorization", "connection", "content-encoding", "content-length", "content-type", "cookie", "expect",
            "host", "te", "trailer", "transfer-encoding", "upgrade",
        ].map { Array($0.utf8) })

    /// - Parameter name: in lower case.
    package static func allows(_ name: [UInt8]) -> Bool {
        !forbidden.contains(name)
    }
}
