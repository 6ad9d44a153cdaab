import Foundation
import Testing
import Vocabulary

/// A body in the form of server-sent events, read strictly: each line is a comment, a `data:` line or
/// blank.
struct EventStream {
    var comments: [String] = []
    /// The data of the events before the end marker, in order.
    var data: [String] = []
    var isDone = false

    init(_ body: Data) throws {
        let text = try #require(String(validating: body, as: UTF8.self))
        // In Swift a CRLF is one character.
        for line in text.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            if line.hasPrefix(":") {
                comments.append(line.dropFirst().trimmingCharacters(in: .whitespaces))
            } else if line == "data: [DONE]" {
                isDone = true
            } else if !line.allSatisfy({ $0 == " " }) {
                try #require(line.hasPrefix("data: ") && !isDone, "\(line)")
                data.append(String(line.dropFirst(6)))
            }
        }
    }

    /// The events that are JSON.
    var chunks: [JSONValue] {
        data.compactMap { try? JSONValue(parsing: Data($0.utf8)) }
    }

    /// What all the deltas say together.
    var content: String {
        text(in: "content")
    }

    func text(in field: String) -> String {
        chunks.compactMap { $0["choices"]?[0]?["delta"]?[field]?.string }.joined()
    }

    var finishReasons: [String] {
        chunks.compactMap { $0["choices"]?[0]?["finish_reason"]?.string }
    }

    /// The usages that are told, and in which chunk.
    var usages: [(place: Int, usage: JSONValue)] {
        chunks.enumerated().compactMap { place, chunk in
            chunk["usage"].flatMap { $0 == .null ? nil : (place, $0) }
        }
    }
}

extension RawHTTPResponse {
    func events() throws -> EventStream {
        #expect(header("Content-Type") == "text/event-stream")
        return try EventStream(body)
    }
}

extension StandInFixture {
    /// A request for a stream. Its answer takes 4 tokens and costs 9,500 nano-dollars.
    static func streamRequest(extra: [String: JSONValue] = [:]) -> JSONValue {
        request(extra: extra.merging(["stream": true]) { own, _ in own })
    }
}
