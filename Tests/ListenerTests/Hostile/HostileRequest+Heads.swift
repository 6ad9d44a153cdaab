extension HostileRequest {
    /// Request lines and headers.
    static func heads() throws -> [HostileRequest] {
        let good = try withLength()
        return try [
            .malformed("HTTP/0.9", "GET /healthz\r\n"),
            .malformed("a version that is none", post(line: "POST /webhooks HTTP/1.10")),
            .malformed("a version in lower case", post(line: "POST /webhooks http/1.1")),
            .malformed("HTTP/2.0 in a request line", post(line: "POST /webhooks HTTP/2.0")),
            .malformed("HTTP/1.2", post(line: "POST /webhooks HTTP/1.2")),
            .answered(
                "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .otherMethod, then: .closed),
            .malformed("a TLS handshake", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}"),
            .malformed("two spaces before the target", post(line: "POST  /webhooks HTTP/1.1")),
            .malformed("two spaces before the version", post(line: "POST /webhooks  HTTP/1.1")),
            .malformed("a tab in the request line", post(line: "POST\t/webhooks HTTP/1.1")),
            .malformed("a space behind the version", post(line: "POST /webhooks HTTP/1.1 ")),
            .malformed("a space before the method", post(line: " POST /webhooks HTTP/1.1")),
            .malformed("no target", "POST HTTP/1.1\r\nHost: a\r\n\r\n"),
            .malformed("a space in the target", post(line: "POST /webhooks/a b HTTP/1.1")),

            .answered("a method in lower case", post(line: "post /webhooks HTTP/1.1"), .otherMethod, then: .closed),
            .answered("a method unknown", post(line: "FROBNICATE /webhooks HTTP/1.1"), .otherMethod, then: .closed),
            .answered("CONNECT", "CONNECT shop.example:443 HTTP/1.1\r\nHost: a\r\n\r\n", .otherMethod, then: .closed),
            .answered("TRACE", "TRACE /webhooks HTTP/1.1\r\nHost: a\r\n\r\n", .otherMethod),
            .malformed("a method that is no word", post(line: "PO(ST /webhooks HTTP/1.1")),
            .malformed("a method without end", String(repeating: "A", count: 40)),

            .malformed("no Host", post(host: nil, ["Content-Length: 25"])),
            .malformed("two Hosts", withLength(["Host: other.example"])),
            .malformed("the same Host twice", withLength(["Host: shop.example"])),
            .malformed("a Host that is none", post(host: "Host: a/b@c", ["Content-Length: 25"])),

            .malformed("folding", withLength(["X-Filler: a", " \(marker)"])),
            .malformed(
                "folding with a tab", withLength(["X-Filler: a", "\t\(marker)"])),
            .malformed("a space before the first header", "GET /healthz HTTP/1.1\r\n Host: a\r\n\r\n"),
            .malformed("a space before the colon", withLength(["X-Filler : a"])),
            .malformed("a tab before the colon", withLength(["X-Filler\t: a"])),
            .malformed("a space in a name", withLength(["X Filler: \(marker)"])),
            .malformed("no name", withLength([": \(marker)"])),
            .malformed("no colon", withLength([marker])),
            .malformed("a control byte in a name", withLength(["X-\u{1}: a"])),
            .malformed("a letter beyond ASCII in a name", withLength(["X-é: a"])),
            .malformed("NUL in a name", withLength(["X-\u{0}: a"])),
            .malformed("NUL in a value", withLength(["X-Filler: a\u{0}b"])),
            .malformed("a control byte in a value", withLength(["X-Filler: a\u{1}b"])),
            .malformed("DEL in a value", withLength(["X-Filler: a\u{7f}b"])),
            .malformed("NUL in the target", withLength(line: "POST /webhooks/\u{0} HTTP/1.1")),
            .malformed("DEL in the target", withLength(line: "POST /webhooks/\u{7f} HTTP/1.1")),
            .malformed("a letter beyond ASCII in the target", withLength(line: "POST /webhooks/é HTTP/1.1")),
            .malformed("a bare CR in a value", withLength(["X-Filler: a\rb: c"])),
            .malformed("CR twice", withLength(["X-Filler: a\r"])),
            .malformed("a bare CR between headers", good.replacing("\r\nContent-Length", with: "\rContent-Length")),
            .malformed("a bare LF in the head", good.replacing("\r\nContent-Length", with: "\nContent-Length")),
            .malformed("bare LFs all over", good.replacing("\r\n", with: "\n")),
            .malformed("a bare LF behind the request line", good.replacing("1.1\r\n", with: "1.1\n")),
            .malformed("a bare LF at the end of the head", good.replacing("\r\n\r\n", with: "\r\n\n")),

            .answered("one empty line before the request", "\r\n" + good, .accepted),
            .malformed("empty lines before the request", "\r\n\r\n\r\n" + good),
            .malformed("a bare LF before the request", "\n" + good),
            .answered(
                "letters beyond ASCII in a value",
                withLength(["X-Filler: Zoë"]), .accepted),
            .answered("an empty value", withLength(["X-Filler:"]), .accepted),
            .answered(
                "space around a value", withLength(["X-Filler: \t a \t"]), .accepted),

            .answered("HTTP/1.0", withLength(line: "POST /webhooks HTTP/1.0"), .accepted, then: .closed),
            .answered(
                "HTTP/1.0 without Host",
                post(
                    line: "POST /webhooks HTTP/1.0", host: nil, ["Content-Length: \(body.utf8.count)"]), .accepted,
                then: .closed),
            .answered(
                "HTTP/1.0 that wants to stay",
                withLength(
                    line: "POST /webhooks HTTP/1.0", ["Connection: keep-alive"]) + get, .accepted, then: .closed),
            .malformed(
                "HTTP/1.0 in chunks",
                post(
                    line: "POST /webhooks HTTP/1.0", ["Transfer-Encoding: chunked"], body: chunk + "0\r\n\r\n")),
            .answered(
                "Connection: close, and more behind it",
                withLength(["Connection: x-hop, Close"]) + get, .accepted, then: .closed),
            .answered(
                "an upgrade is passed over",
                withLength(["Connection: Upgrade", "Upgrade: h2c"]) + get, .accepted, then: .closed),
            .answered(
                "an upgrade without body",
                get.replacing(
                    "\r\n\r\n", with: "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n") + get,
                Answer(status: 200), then: .closed),
        ]
    }

    /// The four forms of a target.
    static func targets() throws -> [HostileRequest] {
        try [
            .answered("absolute-form", withLength(line: "POST http://shop.example/webhooks HTTP/1.1"), .accepted),
            .answered(
                "absolute-form, https in capitals", withLength(line: "POST HTTPS://Shop.example:443/webhooks HTTP/1.1"),
                .accepted),
            .answered("absolute-form without a path", withLength(line: "POST http://shop.example HTTP/1.1"), .notFound),
            .answered("absolute-form to elsewhere", withLength(line: "POST http://shop.example/x HTTP/1.1"), .notFound),
            .malformed(
                "absolute-form of another scheme", withLength(line: "POST gopher://shop.example/webhooks HTTP/1.1")),
            .malformed("a scheme without authority", withLength(line: "POST http:/webhooks HTTP/1.1")),
            .malformed("an empty authority", withLength(line: "POST http:///webhooks HTTP/1.1")),
            .malformed("an authority with a user", withLength(line: "POST http://a@shop.example/webhooks HTTP/1.1")),
            .malformed("authority-form", withLength(line: "POST shop.example:443 HTTP/1.1")),
            .malformed("no leading slash", withLength(line: "POST webhooks HTTP/1.1")),
            .malformed("asterisk-form", withLength(line: "POST * HTTP/1.1")),
            .answered("asterisk-form with OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", .notFound),
            .malformed("a fragment", withLength(line: "POST /webhooks#x HTTP/1.1")),
            .answered("a backslash", withLength(line: "POST /webhooks/a\\b HTTP/1.1"), .notFound),
            .answered("dot segments", withLength(line: "POST /webhooks/../webhooks HTTP/1.1"), .notFound),
            .answered("two slashes", withLength(line: "POST //webhooks HTTP/1.1"), .notFound),
        ]
    }
}
