import Foundation
import HTTPCore
import HTTPTransport
import Testing

/// What a reader, and one who asked for the whole, are told when the exchange breaks.
@Suite(.timeLimit(.minutes(5))) struct BrokenStreamTests {
    static func cut(after answer: String) -> RawServer.Script {
        { connection in
            _ = await connection.request()
            try await connection.write(answer)
        }
    }

    static let halves = [
        "Content-Length: 100\r\n\r\nhalf",
        "Transfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    ]

    @Test(arguments: halves)
    func aCutInTheBodyComesAfterTheParts(half: String) async throws {
        let script = Self.cut(after: "HTTP/1.1 200 OK\r\nX-Generation-Id: gen-1\r\n" + half)
        try await withRawServer(script: script) { server, transport in
            let stream = try await transport.open(server.post("x"))
            var read = Data()
            let error = await #expect(throws: TransportError.self) {
                for try await part in stream.body { read.append(part) }
            }
            #expect(read == Data("half".utf8))
            #expect(error?.code == .connectionLost)
            #expect(error?.mayHaveBeenSent == true)
            #expect(error?.headers["x-generation-id"] == "gen-1")
        }
    }

    @Test(arguments: halves)
    func theHeadersOutliveALostBody(half: String) async throws {
        let script = Self.cut(after: "HTTP/1.1 200 OK\r\nX-Generation-Id: gen-1\r\n" + half)
        try await withRawServer(script: script) { server, transport in
            let error = await #expect(throws: TransportError.self) { try await transport.send(server.post("x")) }
            #expect(error?.code == .connectionLost)
            #expect(error?.headers["x-generation-id"] == "gen-1")
            #expect(error?.description.contains("gen-1") == false)
        }
    }

    @Test func aCutInTheHeadIsALostConnection() async throws {
        let script = Self.cut(after: "HTTP/1.1 200 OK\r\nX-Generation-Id: gen-1\r\nX-Ha")
        try await withRawServer(script: script) { server, transport in
            let opened = await #expect(throws: TransportError.self) { try await transport.open(server.post("x")) }
            let sent = await #expect(throws: TransportError.self) { try await transport.send(server.post("x")) }
            for error in [opened, sent] {
                #expect(error?.code == .connectionLost)
                #expect(error?.mayHaveBeenSent == true)
                #expect(error?.headers == ["x-generation-id": "gen-1"])
            }
        }
    }

    @Test func anInterimResponseHasNoHeadersToKeep() async throws {
        let script = Self.cut(after: "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
        try await withRawServer(script: script) { server, transport in
            let error = await #expect(throws: TransportError.self) { try await transport.open(server.post("x")) }
            #expect(error?.code == .connectionLost)
            #expect(error?.headers == [:])
        }
    }

    @Test func aServerThatStopsInTheMiddleRunsIntoTheTotalLimit() async throws {
        let script = LimitTests.answer("HTTP/1.1 200 OK\r\nX-Id: 1\r\nContent-Length: 100\r\n\r\nhalf")
        try await withRawServer(script: script) { server, transport in
            let stream = try await transport.open(server.get(limits: .init(total: .seconds(6))))
            let error = await #expect(throws: TransportError.self) { try await stream.body.collected() }
            #expect(error?.code == .timeout)
            #expect(error?.mayHaveBeenSent == true)
            #expect(error?.headers["x-id"] == "1")
        }
    }

    @Test func aServerThatDoesNotAnswerRunsIntoTheTotalLimit() async throws {
        try await withRawServer(script: { await $0.end() }) { server, transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.open(server.post("x", limits: .init(total: .milliseconds(500))))
            }
            #expect(error?.code == .timeout)
            #expect(error?.mayHaveBeenSent == true)
        }
    }

    @Test(
        arguments: [
            "Content-Length: 101\r\n\r\n" + String(repeating: "x", count: 101),
            "\r\n" + String(repeating: "x", count: 101),
            "Transfer-Encoding: chunked\r\n\r\n"
                + String(repeating: "32\r\n" + String(repeating: "x", count: 50) + "\r\n", count: 3),
        ])
    func aBodyLargerThanTheLimitIsRefused(answer: String) async throws {
        let script = LimitTests.answer("HTTP/1.1 200 OK\r\n" + answer)
        try await withRawServer(script: script) { server, transport in
            var count = 0
            let error = await #expect(throws: TransportError.self) {
                // An announced length is refused before there is a stream.
                let stream = try await transport.open(server.get(limits: .init(responseBytes: 100)))
                for try await part in stream.body { count += part.count }
            }
            #expect(error?.code == .responseTooLarge)
            #expect(count <= 100)
        }
    }

    @Test func aBodyOfExactlyTheLimitIsTaken() async throws {
        let script = LimitTests.answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour")
        try await withRawServer(script: script) { server, transport in
            let stream = try await transport.open(server.get(limits: .init(responseBytes: 4)))
            #expect(try await stream.body.text() == "four")
        }
    }
}
