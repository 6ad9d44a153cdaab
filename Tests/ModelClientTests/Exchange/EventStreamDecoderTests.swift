import Foundation
import Testing

@testable import ModelClient

struct EventStreamDecoderTests {
    /// The data of all events, the bytes given in parts of this many.
    private func events(_ stream: Data, partBytes: Int = .max) throws -> [EventStreamDecoder.Event] {
        var decoder = EventStreamDecoder()
        var events: [EventStreamDecoder.Event] = []
        var rest = stream[...]
        while !rest.isEmpty {
            events += try decoder.events(in: Data(rest.prefix(partBytes)))
            rest = rest.dropFirst(partBytes)
        }
        if let last = try decoder.finish() { events.append(last) }
        return events
    }

    private func data(_ stream: String, partBytes: Int = .max) throws -> [String] {
        try events(Data(stream.utf8), partBytes: partBytes).map { String(decoding: $0.data, as: UTF8.self) }
    }

    @Test(
        arguments: [
            ("data: a\n\ndata: b\n\n", ["a", "b"]), ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
            ("data: a\r\rdata: b\r\r", ["a", "b"]), ("data: a\r\n\ndata: b\n\r\n", ["a", "b"]),
            ("\u{FEFF}data: a\n\n", ["a"]), ("\n\n\ndata: a\n\n\n\n", ["a"]),
            ("data:a\n\n", ["a"]), ("data:  a \n\n", [" a "]), ("data: a: b\n\n", ["a: b"]),
            ("data: a\ndata: b\ndata:\n\n", ["a\nb\n"]),
            (": comment\n\ndata: a\n: more\n\n:\n", ["a"]),
            ("id: 7\nretry: 10\nevent: message\ndata: a\nother\nnaïve: x\n\n", ["a"]),
            ("data\n\ndata:\n\n\n", []), ("", []), ("\n", []), (": only comments\n\n: more\n\n", []),
            // The end of the stream ends the event: some servers leave out the blank line, or even the line's end.
            ("data: a\n", ["a"]), ("data: a", ["a"]), ("data: a\n\n: bye", ["a"]),
            ("data: 😀é\u{2028}\u{85}\n\n", ["😀é\u{2028}\u{85}"]),
        ])
    func `reads`(stream: String, expected: [String]) throws {
        #expect(try data(stream) == expected)
        for partBytes in 1...4 { #expect(try data(stream, partBytes: partBytes) == expected) }
    }

    @Test func `keeps bytes that are not UTF-8 as they are`() throws {
        let bytes = Data("data: ".utf8) + [0xFF, 0xC3, 0x28] + Data("\n\n".utf8)
        #expect(try events(bytes) == [.init(data: Data([0xFF, 0xC3, 0x28]))])
    }

    @Test(arguments: [
        "event: error\ndata: a\n\ndata: b\n\n", "error: a\n\ndata: b\n\n", "data: a\nevent: error\n\ndata: b\n\n",
    ])
    func `tells errors from other events`(stream: String) throws {
        #expect(
            try events(Data(stream.utf8)) == [
                .init(data: Data("a".utf8), isError: true), .init(data: Data("b".utf8)),
            ])
    }

    @Test func `bounds a line, whether it ends or not`() throws {
        let fits = Data("data: ".utf8) + Data(repeating: 0x78, count: EventStreamDecoder.maxBytes - 6)
        #expect(try events(fits + Data("\n\n".utf8), partBytes: 100_000).map(\.data.count) == [fits.count - 6])
        #expect(throws: EventStreamDecoder.TooLong.self) { try events(fits + [0x78]) }
        #expect(throws: EventStreamDecoder.TooLong.self) { try events(fits + [0x78], partBytes: 100_000) }
        #expect(throws: EventStreamDecoder.TooLong.self) {
            try events(Data(repeating: 0x3A, count: EventStreamDecoder.maxBytes + 1))
        }
    }

    @Test func `bounds an event of many lines`() throws {
        let line = "data: \(String(repeating: "x", count: 1000))\n"
        #expect(try data(String(repeating: line, count: 1000)).first?.count == 1_000_999)
        #expect(throws: EventStreamDecoder.TooLong.self) { try data(String(repeating: line, count: 1100)) }
        let empty = Data(String(repeating: "data\n", count: EventStreamDecoder.maxBytes + 2).utf8)
        #expect(throws: EventStreamDecoder.TooLong.self) { _ = try events(empty).count }
    }

    @Test func `forgets endless comments`() throws {
        var decoder = EventStreamDecoder()
        let comments = Data(String(repeating: ": OPENROUTER PROCESSING\n\n", count: 1000).utf8)
        for _ in 0..<100 { #expect(try decoder.events(in: comments) == []) }
        #expect(try decoder.events(in: Data("data: a\n\n".utf8)) == [.init(data: Data("a".utf8))])
    }
}
