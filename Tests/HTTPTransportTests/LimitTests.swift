import HTTPCore
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(5))) struct LimitTests {
    /// Answers with the given text and leaves the connection open.
    static func answer(_ text: String) -> RawServer.Script {
        { connection in
            guard await connection.request() != nil else { return }
            try await connection.write(text)
            await connection.end()
        }
    }

    @Test(
        arguments: [
            ("announced", "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n"),
            ("not announced", "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 101)),
            (
                "in chunks",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + String(repeating: "32\r\n" + String(repeating: "x", count: 50) + "\r\n", count: 3)
            ),
        ])
    func aBodyLargerThanTheLimitIsRefused(_: String, answer: String) async throws {
        try await withRawServer(script: Self.answer(answer)) { server, transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(server.get(limits: .init(responseBytes: 100)))
            }
            #expect(error?.code == .responseTooLarge)
            #expect(error?.mayHaveBeenSent == true)
        }
    }

    @Test func aBodyOfExactlyTheLimitIsTaken() async throws {
        let body = String(repeating: "x", count: 100)
        let script = Self.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + body)
        try await withRawServer(script: script) { server, transport in
            let response = try await transport.send(server.get(limits: .init(responseBytes: 100)))
            #expect(response.text == body)
        }
    }

    @Test func headersWithoutEndAreRefused() async throws {
        let script = Self.answer("HTTP/1.1 200 OK\r\n" + String(repeating: "X-Filler: 0123456789\r\n", count: 5000))
        try await withRawServer(script: script) { server, transport in
            let error = await #expect(throws: TransportError.self) { try await transport.send(server.get()) }
            #expect(error?.code == .responseTooLarge)
        }
    }

    @Test func aServerThatDoesNotAnswerRunsIntoTheTotalLimit() async throws {
        try await withRawServer(script: { await $0.end() }) { server, transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(server.post("x", limits: .init(total: .seconds(1))))
            }
            #expect(error?.code == .timeout)
            #expect(error?.mayHaveBeenSent == true)
        }
    }

    @Test func aServerThatStopsInTheMiddleRunsIntoTheTotalLimit() async throws {
        let script = Self.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        try await withRawServer(script: script) { server, transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(server.get(limits: .init(total: .seconds(1))))
            }
            #expect(error?.code == .timeout)
            #expect(error?.mayHaveBeenSent == true)
        }
    }

    /// The server accepts the connection and never answers the TLS handshake.
    @Test func aHandshakeThatDoesNotEndRunsIntoTheConnectLimit() async throws {
        try await withRawServer(script: { await $0.end() }) { server, transport in
            let request = TransportRequest(
                .post, url: "https://127.0.0.1:\(server.port)/", limits: .init(connect: .milliseconds(200)))
            let error = await #expect(throws: TransportError.self) { try await transport.send(request) }
            #expect(error?.code == .notConnected)
            #expect(error?.mayHaveBeenSent == false)
        }
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func noTimeAtAllIsATimeout(total: Duration) async throws {
        try await withRawServer(script: { await $0.end() }) { server, transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(server.get(limits: .init(total: total)))
            }
            #expect(error?.code == .timeout)
            #expect(error?.mayHaveBeenSent == false)
        }
    }

    @Test func theLongestTimeIsNoTrouble() async throws {
        let script = Self.answer("HTTP/1.1 204 No Content\r\n\r\n")
        try await withRawServer(script: script) { server, transport in
            let limits = TransportRequest.Limits(connect: .seconds(Int64.max), total: .seconds(Int64.max))
            let response = try await transport.send(server.get(limits: limits))
            #expect(response.status == 204)
        }
    }
}
