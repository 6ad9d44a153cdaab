import Foundation

/// What a server sent until it closed the connection, whole or not.
struct RawHTTPResponse: Sendable {
    var bytes: Data
    /// Whether the connection was reset instead of closed in order.
    var wasReset = false

    /// `nil` when the connection closed before a status line.
    var status: Int? {
        let line = head?.first?.split(separator: " ") ?? []
        return line.count > 1 ? Int(line[1]) : nil
    }

    var body: Data {
        isChunked ? chunks.pieces.reduce(Data(), +) : afterHead
    }

    /// The body in the pieces in which the server wrote it; a body of announced length is one piece.
    var pieces: [Data] {
        isChunked ? chunks.pieces : [afterHead]
    }

    /// Whether the body is as long as announced, or its pieces came to their end.
    var isComplete: Bool {
        isChunked ? chunks.isWhole : header("Content-Length").flatMap { Int($0) } == body.count
    }

    func header(_ name: String) -> String? {
        head?.dropFirst().compactMap { line -> String? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { return nil }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }.first
    }

    private var isChunked: Bool {
        header("Transfer-Encoding") == "chunked"
    }

    private var afterHead: Data {
        guard let end = bytes.range(of: Self.emptyLine)?.upperBound else { return Data() }
        return Data(bytes[end...])
    }

    private var head: [Substring]? {
        guard let end = bytes.range(of: Self.emptyLine) else { return nil }
        return String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    }

    /// RFC 9112, section 7.1.
    private var chunks: (pieces: [Data], isWhole: Bool) {
        var rest = afterHead
        var pieces: [Data] = []
        while let lineEnd = rest.range(of: Data("\r\n".utf8)),
            let size = Int(String(decoding: rest[..<lineEnd.lowerBound], as: UTF8.self), radix: 16)
        {
            if size == 0 { return (pieces, true) }
            let piece = rest[lineEnd.upperBound...].prefix(size)
            pieces.append(Data(piece))
            rest = rest[piece.endIndex...].dropFirst(2)
        }
        return (pieces, false)
    }

    private static let emptyLine = Data("\r\n\r\n".utf8)
}
