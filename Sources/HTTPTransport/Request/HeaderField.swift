import HTTPCore

/// One header line in the form that libcurl takes.
struct HeaderField: Sendable, Hashable {
    let line: String

    /// Set by the transport, from the body: another value would misframe the request.
    private static let reserved: Set = ["content-length", "transfer-encoding", "expect"]

    /// - Throws: ``TransportError`` with `invalidRequest` when the name is not a token, is one of the transport's own
    ///   (`Content-Length`, `Transfer-Encoding`, `Expect`), or the value could end the line.
    init(name: String, value: String) throws {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenCharacter) else {
            throw TransportError.invalidRequest("a header name holds a character that is not allowed")
        }
        guard !Self.reserved.contains(name.lowercased()) else {
            throw TransportError.invalidRequest("the header \(name.lowercased()) is set by the transport")
        }
        guard value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
            throw TransportError.invalidRequest("the value of header \(name) holds a control character")
        }
        // libcurl takes "Name:" as an order to leave the header out, and "Name;" as one without a value.
        let isBlank = value.utf8.allSatisfy { $0 == 0x09 || $0 == 0x20 }
        line = isBlank ? name + ";" : name + ": " + value
    }

    /// An order to libcurl not to send a header of its own.
    private init(omitting name: String) {
        line = name + ":"
    }

    /// The caller's headers, and nothing that libcurl would add by itself but `Host` and `Accept`.
    static func list(of request: TransportRequest) throws -> [HeaderField] {
        var fields = try request.headers.map { try HeaderField(name: $0.name, value: $0.value) }
        fields.append(HeaderField(omitting: "Expect"))
        if request.method == .post, !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            fields.append(HeaderField(omitting: "Content-Type"))
        }
        return fields
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
