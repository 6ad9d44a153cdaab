import Foundation
import HTTPCore
import HTTPTransport
import Testing

/// What goes over the wire, to the letter.
@Suite(.timeLimit(.minutes(5))) struct RequestFormTests {
    /// Sends back the request it has read.
    static let mirror: RawServer.Script = { connection in
        while let request = await connection.request() { try await connection.respond(request) }
    }

    @Test func aPostHoldsTheCallersHeadersAndBodyAndLittleElse() async throws {
        try await withRawServer(script: Self.mirror) { server, transport in
            var request = server.post("hello")
            request.headers = [("Authorization", "Bearer x"), ("X-Empty", ""), ("x-second", "2")]
            let sent = try await transport.send(request).text
            #expect(
                sent == """
                    POST / HTTP/1.1\r
                    Host: 127.0.0.1:\(server.port)\r
                    Accept: */*\r
                    Authorization: Bearer x\r
                    X-Empty:\r
                    x-second: 2\r
                    Content-Length: 5\r
                    \r
                    hello
                    """)
        }
    }

    @Test func aLargePostDoesNotAskBeforeItSends() async throws {
        try await withRawServer(script: Self.mirror) { server, transport in
            let sent = try await transport.send(server.post(String(repeating: "x", count: 2 << 20))).text
            #expect(!sent.prefix(1000).contains("Expect"))
        }
    }

    @Test func aGetHasNoBody() async throws {
        try await withRawServer(script: Self.mirror) { server, transport in
            let sent = try await transport.send(server.get("path?q=a%20b")).text
            #expect(
                sent == """
                    GET /path?q=a%20b HTTP/1.1\r
                    Host: 127.0.0.1:\(server.port)\r
                    Accept: */*\r
                    \r

                    """)
        }
    }

    @Test func redirectsAreNotFollowed() async throws {
        let script: RawServer.Script = { connection in
            while await connection.request() != nil {
                try await connection.write("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")
            }
        }
        try await withRawServer(script: script) { server, transport in
            let response = try await transport.send(server.get())
            #expect(response.status == 302)
            #expect(response.header("location") == "/other")
        }
    }

    static let forgedHeaders = [
        ("X-A", "1\r\nX-B: 2"), ("X-A", "1\nX-B: 2"), ("X-A", "1\r"), ("X-A", "1\0"), ("X-A", "1\u{7F}"),
        ("X-A\r\nX-B", "1"), ("X-A: 1\nX-B", "1"), ("", "1"), ("X A", "1"), ("X-A:", "1"), ("X-Ä", "1"),
        ("Content-Length", "3"), ("transfer-encoding", "chunked"), ("Expect", "100-continue"),
    ]

    @Test(arguments: forgedHeaders)
    func aHeaderThatCouldForgeARequestIsRefused(name: String, value: String) async throws {
        try await withRawServer(script: Self.mirror) { server, transport in
            var request = server.post("hello")
            request.headers = [(name, value)]
            let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
            #expect(error?.code == .invalidRequest)
            #expect(error?.mayHaveBeenSent == false)
            #expect(server.connections == 0)
        }
    }

    static let badURLs = [
        "", "/path", "127.0.0.1", "ftp://127.0.0.1/", "file:///etc/hostname", "http://", "http:///path", "http://:80/",
        "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX-B: 2", "http://127.0.0.1/\u{E9}", "http://127.0.0.1:99999/",
        "http://user:word@127.0.0.1/", "http://127.0.0.1/" + String(repeating: "a", count: 70_000),
    ]

    @Test(arguments: badURLs)
    func aURLThatCannotBeSentIsRefused(url: String) async throws {
        try await withTransport { transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(TransportRequest(.get, url: url))
            }
            #expect(error?.code == .invalidRequest)
            #expect(error?.mayHaveBeenSent == false)
        }
    }

    @Test func aGetWithABodyIsRefused() async throws {
        try await withTransport { transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(TransportRequest(.get, url: "http://127.0.0.1/", body: Data("x".utf8)))
            }
            #expect(error?.code == .invalidRequest)
        }
    }
}
