import Foundation
import Testing

/// Bytes that a door must not be fooled by, and what it has to say to them.
struct HostileRequest: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: Data
    /// In their order. An answer without a reason code is one that accepts.
    var answers: [Answer]
    var connection: Connection

    struct Answer: Sendable, Equatable {
        var status: Int
        var reason: String?

        static let accepted = Answer(status: 200)
        static let malformed = Answer(status: 400, reason: "malformed_request")
        static let headersTooLarge = Answer(status: 431, reason: "headers_too_large")
        static let bodyTooLarge = Answer(status: 413, reason: "body_too_large")
        static let notFound = Answer(status: 404, reason: "not_found")
        static let otherMethod = Answer(status: 405, reason: "method_not_allowed")
    }

    /// How the connection is right after the last answer.
    enum Connection: Sendable {
        case open, closed
    }

    var testDescription: String { name }

    /// Never to be seen in an answer.
    static let marker = "zoe-brandt-31415"
    static let body = #"{"id":820982911946154508}"#

    init(_ name: String, _ bytes: Data, _ answers: [Answer], then connection: Connection) {
        self.name = name
        self.bytes = bytes
        self.answers = answers
        self.connection = connection
    }

    /// A request that is answered 400, and its connection closed, whatever comes behind it.
    static func malformed(_ name: String, _ text: String) -> HostileRequest {
        HostileRequest(name, Data(text.utf8), [.malformed], then: .closed)
    }

    static func answered(
        _ name: String, _ text: String, _ answers: Answer..., then connection: Connection = .open
    ) -> HostileRequest {
        HostileRequest(name, Data(text.utf8), answers, then: connection)
    }

    /// A webhook as text: the request line, a host, the headers given, and those of a signed webhook.
    static func post(
        line: String = "POST /webhooks HTTP/1.1", host: String? = "Host: shop.example", id: String = "webhook-1",
        _ lines: [String] = [], body: String = body
    ) throws -> String {
        let signed = try TestRequest.classic(id: id, body: Data(HostileRequest.body.utf8)).headers
        let all = [line] + (host.map { [$0] } ?? []) + lines + signed.map { "\($0.name): \($0.value)" }
        return all.joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// The same with a content length.
    static func withLength(
        line: String = "POST /webhooks HTTP/1.1", _ lines: [String] = []
    ) throws -> String {
        try post(line: line, ["Content-Length: \(body.utf8.count)"] + lines)
    }

    /// The same with this text as the chunked body.
    static func chunked(_ text: String, _ lines: [String] = []) throws -> String {
        try post(["Transfer-Encoding: chunked"] + lines, body: text)
    }

    /// The body as one chunk, without the last one. CRLF counts as one character of it.
    static let chunk = "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n"
    static let get = "GET /healthz HTTP/1.1\r\nHost: shop.example\r\n\r\n"
}
