extension HostileRequest {
    /// Where a body ends.
    static func framing() throws -> [HostileRequest] {
        let smuggled = "GET /healthz HTTP/1.1\r\nHost: \(marker)\r\n\r\n"
        func length(_ value: String) throws -> String { try post(["Content-Length: \(value)"]) }
        return try [
            .malformed("Content-Length twice, different", post(["Content-Length: 25", "Content-Length: 0"])),
            .malformed("Content-Length twice, the same", post(["Content-Length: 25", "Content-Length: 25"])),
            .malformed("Content-Length twice in one value", length("25, 25")),
            .malformed("Content-Length below zero", length("-1")),
            .malformed("Content-Length with a sign", length("+25")),
            .malformed("Content-Length in hex", length("0x19")),
            .malformed("Content-Length with a fraction", length("25.0")),
            .malformed("Content-Length with a space inside", length("2 5")),
            .malformed("Content-Length without a number", length("")),
            .malformed("Content-Length in other digits", length("２５")),
            .answered(
                "Content-Length beyond any number", length(String(repeating: "9", count: 40)),
                .bodyTooLarge, then: .closed),
            .answered("Content-Length of 2^64", length("18446744073709551641"), .bodyTooLarge, then: .closed),
            .answered(
                "Content-Length larger than the limit", length("1000000000000"), .bodyTooLarge, then: .closed),
            .malformed(
                "length and chunks",
                post(
                    ["Content-Length: 25", "Transfer-Encoding: chunked"], body: chunk + "0\r\n\r\n")),
            .malformed(
                "chunks and length",
                post(
                    ["Transfer-Encoding: chunked", "Content-Length: 25"], body: chunk + "0\r\n\r\n")),
            .malformed(
                "chunks and length, with a request smuggled behind",
                post(
                    ["Content-Length: 5", "Transfer-Encoding: chunked"], body: "0\r\n\r\n" + smuggled)),
            .malformed(
                "two lengths, with a request smuggled behind",
                post(
                    ["Content-Length: 0", "Content-Length: \(smuggled.utf8.count)"], body: smuggled)),
            .malformed(
                "a length hidden by a space before its colon",
                post(
                    ["Content-Length : \(smuggled.utf8.count)"], body: smuggled)),
            .malformed(
                "a coding hidden by folding",
                post(
                    ["Content-Length: 4", "Transfer-Encoding:", " chunked"], body: "0\r\n\r\n" + smuggled)),
            .malformed(
                "a coding hidden behind a bare CR",
                post(
                    ["X-Filler: a\rTransfer-Encoding: chunked"], body: "0\r\n\r\n" + smuggled)),
            .malformed(
                "a coding hidden behind a bare LF",
                post(
                    ["X-Filler: a\nTransfer-Encoding: chunked"], body: "0\r\n\r\n" + smuggled)),
            .malformed(
                "a coding hidden by a vertical tab",
                post(
                    ["Transfer-Encoding: \u{b}chunked"], body: "0\r\n\r\n" + smuggled)),
            .malformed(
                "a coding with an underscore for a hyphen is none",
                post(
                    ["Transfer_Encoding: chunked", "Content-Length: 5", "Content-Length: 5"],
                    body: "0\r\n\r\n" + smuggled)),
            .malformed("chunked twice", post(["Transfer-Encoding: chunked, chunked"], body: "0\r\n\r\n")),
            .malformed(
                "chunked in two headers",
                post(
                    ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], body: "0\r\n\r\n")),
            .malformed("chunked, but not last", post(["Transfer-Encoding: chunked, gzip"], body: "0\r\n\r\n")),
            .malformed("chunked and identity", post(["Transfer-Encoding: chunked, identity"], body: "0\r\n\r\n")),
            .malformed("identity", post(["Transfer-Encoding: identity"], body: "")),
            .malformed("a coding alone that is not chunked", post(["Transfer-Encoding: gzip"], body: "")),
            .malformed("a coding that only looks like chunked", post(["Transfer-Encoding: xchunked"], body: "")),
            .malformed("chunked in quotes", post([#"Transfer-Encoding: "chunked""#], body: "0\r\n\r\n")),
            .malformed("chunked with a parameter", post(["Transfer-Encoding: chunked;q=1"], body: "0\r\n\r\n")),
            .malformed("an empty coding", post(["Transfer-Encoding:"], body: "")),
            .answered(
                "a coding not understood before chunked",
                post(
                    ["Transfer-Encoding: gzip, chunked"], body: chunk + "0\r\n\r\n"),
                Answer(status: 501, reason: "transfer_coding_unknown"), then: .closed),
            .answered(
                "chunked in capitals", post(["Transfer-Encoding: CHUNKED"], body: chunk + "0\r\n\r\n"), .accepted),
            .answered("leading zeros in Content-Length", length("0025"), .accepted),
            .answered("no body announced", post(body: ""), Answer(status: 401, reason: "signature_wrong")),
        ]
    }

    /// Chunks and trailers.
    static func chunks() throws -> [HostileRequest] {
        let last = "0\r\n\r\n"
        return try [
            .answered("one chunk", chunked(chunk + last), .accepted),
            .answered("a size with zeros before it", chunked("000" + chunk + last), .accepted),
            .answered("a size in capitals", chunked("19".uppercased() + chunk.dropFirst(2) + last), .accepted),
            .malformed("a size below zero", chunked("-19" + chunk.dropFirst(2) + last)),
            .malformed("a size with a sign", chunked("+19" + chunk.dropFirst(2) + last)),
            .malformed("a size with a prefix", chunked("0x19" + chunk.dropFirst(2) + last)),
            .malformed("a size that is garbage", chunked("1g" + chunk.dropFirst(2) + last)),
            .malformed("a size with a space before it", chunked(" " + chunk + last)),
            .malformed("a size with a space behind it", chunked("19 " + chunk.dropFirst(2) + last)),
            .malformed("no size", chunked("\r\n" + last)),
            .malformed("a size of more than 64 bits", chunked("10000000000000019" + chunk.dropFirst(2) + last)),
            .malformed("a size of 64 bits", chunked("FFFFFFFFFFFFFFFF\r\nx")),
            .malformed("a size of very many zeros", chunked(String(repeating: "0", count: 40) + chunk + last)),
            .malformed("a size too small", chunked("18" + chunk.dropFirst(2) + last)),
            .malformed("a size too large", chunked("1a" + chunk.dropFirst(2) + last)),
            .malformed("no CRLF behind the data", chunked(chunk.dropLast() + last)),
            .malformed("a bare LF behind the size", chunked(chunk.replacing("19\r\n", with: "19\n") + last)),
            .malformed("a bare CR behind the size", chunked(chunk.replacing("19\r\n", with: "19\r") + last)),
            .malformed("a bare LF behind the data", chunked(chunk.dropLast() + "\n" + last)),
            .malformed("a bare LF at the end", chunked(chunk + "0\r\n\n")),
            .malformed("bare LFs all over", chunked((chunk + last).replacing("\r\n", with: "\n"))),

            .answered("an extension", chunked("19;a\r\n" + chunk.dropFirst(3) + last), .accepted),
            .answered("an extension with a value", chunked("19;a=b\r\n" + chunk.dropFirst(3) + last), .accepted),
            .answered("two extensions", chunked("19;a;b\r\n" + chunk.dropFirst(3) + last), .accepted),
            .answered("two extensions with values", chunked("19;a=b;c=d\r\n" + chunk.dropFirst(3) + last), .accepted),
            .answered("an extension in quotes", chunked("19;a=\"b c\"\r\n" + chunk.dropFirst(3) + last), .accepted),
            .answered(
                "an extension behind quotes", chunked("19;a=\"b\\\"\";c\r\n" + chunk.dropFirst(3) + last), .accepted),
            .malformed("an extension without a name", chunked("19;\r\n" + chunk.dropFirst(3) + last)),
            .malformed("an extension with a control byte", chunked("19;a=\u{1}\r\n" + chunk.dropFirst(3) + last)),
            .malformed("an extension with a bare LF", chunked("19;a\n" + chunk.dropFirst(3) + last)),
            .malformed("an extension with a LF in quotes", chunked("19;a=\"\n\"\r\n" + chunk.dropFirst(3) + last)),
            .malformed("an extension without end", chunked("19;a=" + String(repeating: "x", count: 5000))),
            .malformed("very many extensions", chunked("19" + String(repeating: ";a", count: 5000) + "\r\n")),
            .malformed(
                "more packing than content",
                chunked(
                    String(repeating: "1;a=\(String(repeating: "x", count: 20))\r\nx\r\n", count: 1000) + last)),

            .malformed(
                "single bytes without end", chunked(String(repeating: "1\r\nx\r\n", count: 6000) + last)),

            .answered("a trailer is passed over", chunked(chunk + "0\r\nX-Filler: \(marker)\r\n\r\n"), .accepted),
            .malformed("a trailer with Content-Length", chunked(chunk + "0\r\nContent-Length: 5\r\n\r\n")),
            .malformed(
                "a trailer with Transfer-Encoding",
                chunked(
                    chunk + "0\r\nTransfer-Encoding: chunked\r\n\r\n")),
            .malformed("a trailer with Host", chunked(chunk + "0\r\nHost: \(marker)\r\n\r\n")),
            .malformed("a trailer with folding", chunked(chunk + "0\r\nX-Filler: a\r\n b\r\n\r\n")),
            .malformed("a trailer without a colon", chunked(chunk + "0\r\n\(marker)\r\n\r\n")),
            .malformed("a trailer with NUL", chunked(chunk + "0\r\nX-Filler: \u{0}\r\n\r\n")),
            .answered(
                "very many trailers",
                chunked(
                    chunk + "0\r\n" + (0..<200).map { "X-\($0): a\r\n" }.joined() + "\r\n"), .headersTooLarge,
                then: .closed),
            .answered(
                "a trailer without end",
                chunked(
                    chunk + "0\r\nX-Filler: " + String(repeating: "x", count: 40 << 10)), .headersTooLarge,
                then: .closed),
            .malformed("data behind the last chunk", chunked(chunk + "0\r\n" + chunk)),
        ]
    }

    /// Too much of something.
    static func oversized() throws -> [HostileRequest] {
        let filler = String(repeating: "x", count: 40 << 10)
        return try [
            .answered(
                "65,000 headers",
                "POST /webhooks HTTP/1.1\r\nHost: a\r\n"
                    + (0..<65_000).map { "X-\($0): a\r\n" }.joined() + "\r\n", .headersTooLarge, then: .closed),
            .answered(
                "one huge header", withLength(["X-Filler: \(filler)"]),
                .headersTooLarge, then: .closed),
            .answered(
                "a huge name", withLength(["\(filler): a"]),
                .headersTooLarge, then: .closed),
            .answered(
                "a huge header that is not ended", "POST /webhooks HTTP/1.1\r\nX-Filler: \(filler)",
                .headersTooLarge, then: .closed),
            .answered(
                "a huge target", withLength(line: "POST /webhooks/\(filler) HTTP/1.1"),
                Answer(status: 414, reason: "target_too_long"), then: .closed),
            .answered(
                "a huge query", withLength(line: "POST /webhooks?\(filler) HTTP/1.1"),
                Answer(status: 414, reason: "target_too_long"), then: .closed),
            .answered(
                "space before a value without end",
                "POST /webhooks HTTP/1.1\r\nX-Filler:"
                    + String(repeating: " ", count: 40 << 10), .headersTooLarge, then: .closed),
            .answered(
                "a huge Connection", withLength(["Connection: \(filler)"]),
                .headersTooLarge, then: .closed),
        ]
    }

    /// Several requests in one go.
    static func pipelined() throws -> [HostileRequest] {
        let good = try withLength()
        return try [
            .answered(
                "three requests", good + get + chunked(chunk + "0\r\n\r\n"),
                .accepted, .accepted, .accepted),
            .answered("a hundred requests", String(repeating: get, count: 100), then: .open).with(
                Array(repeating: .accepted, count: 100)),
            .answered(
                "a good one and a bad one", good + "GET /\u{0} HTTP/1.1\r\n\r\n", .accepted, .malformed, then: .closed),
            .answered(
                "a good one, and a body that is too long", good + "x\r\n\r\n", .accepted, .malformed, then: .closed),
            .answered(
                "a good one, and a chunk without a size", good + chunked("zz\r\n"), .accepted, .malformed,
                then: .closed),
            .answered(
                "a good one, a bad one, and a good one that must not count", good + "\u{0}\r\n" + good,
                .accepted, .malformed, then: .closed),
            .answered(
                "refused ones do not end a connection", "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + good,
                .notFound, .accepted),
        ]
    }

    func with(_ answers: [Answer]) -> HostileRequest {
        HostileRequest(name, bytes, answers, then: connection)
    }
}
