import Foundation
import HTTPCore
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(5))) struct StreamingTests {
    @Test func headAndPartsArriveBeforeTheEndIsThere() async throws {
        let (headIsRead, firstIsRead) = (Milestone(), Milestone())
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            try await connection.beginChunks("X-Generation-Id: gen-1")
            await headIsRead.reached()
            try await connection.chunk("one")
            await firstIsRead.reached()
            try await connection.chunk("two")
            try await connection.endChunks()
        }
        try await withRawServer(script: script) { server, transport in
            let stream = try await transport.open(server.post("x"))
            #expect(stream.status == 200)
            #expect(stream.header("x-generation-id") == "gen-1")
            headIsRead.reach()
            var parts = stream.body.makeAsyncIterator()
            #expect(try await parts.next() == Data("one".utf8))
            firstIsRead.reach()
            #expect(try await parts.next() == Data("two".utf8))
            #expect(try await parts.next() == nil)
            #expect(try await parts.next() == nil)
        }
    }

    @Test func aCharacterCutInTwoIsLeftAsItCame() async throws {
        let firstIsRead = Milestone()
        let bytes = Array("Zoë".utf8)
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            try await connection.beginChunks()
            try await connection.chunk(bytes[..<3])
            await firstIsRead.reached()
            try await connection.chunk(bytes[3...])
            try await connection.endChunks()
        }
        try await withRawServer(script: script) { server, transport in
            var parts = try await transport.open(server.get()).body.makeAsyncIterator()
            #expect(try await parts.next() == Data(bytes[..<3]))
            firstIsRead.reach()
            #expect(try await parts.next() == Data(bytes[3...]))
            #expect(try await parts.next() == nil)
        }
    }

    static let bodiless = [
        "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ]

    @Test(arguments: bodiless)
    func aResponseWithoutBodyEndsAtOnce(answer: String) async throws {
        try await withRawServer(script: LimitTests.answer(answer)) { server, transport in
            let stream = try await transport.open(server.get())
            #expect(try await stream.body.collected().isEmpty)
        }
    }

    @Test func interimResponsesAreNotTheResponse() async throws {
        let script = LimitTests.answer(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                + "HTTP/1.1 201 Created\r\nA: 1\r\nContent-Length: 2\r\n\r\nok")
        try await withRawServer(script: script) { server, transport in
            let stream = try await transport.open(server.post("x"))
            #expect(stream.status == 201)
            #expect(stream.headers.map(\.name) == ["A", "Content-Length"])
            #expect(try await stream.body.text() == "ok")
        }
    }

    @Test func trailersAreNeitherBodyNorHeaders() async throws {
        let answer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: B\r\n\r\n"
            + "2\r\nok\r\n0\r\nHTTP/1.1 500: forged\r\nB: 2\r\n\r\n"
        let script: RawServer.Script = { connection in
            while await connection.request() != nil { try await connection.write(answer) }
        }
        try await withRawServer(script: script) { server, transport in
            let stream = try await transport.open(server.get())
            #expect(stream.status == 200)
            #expect(try await stream.body.text() == "ok")
            let response = try await transport.send(server.get())
            #expect(response.status == 200)
            #expect(response.headers.map(\.name) == ["Transfer-Encoding", "Trailer"])
            #expect(response.text == "ok")
        }
    }

    @Test func anErrorStatusIsAResponse() async throws {
        let script = LimitTests.answer("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nbusy")
        try await withRawServer(script: script) { server, transport in
            let stream = try await transport.open(server.get())
            #expect(stream.status == 503)
            #expect(stream.header("retry-after") == "7")
            #expect(try await stream.body.text() == "busy")
        }
    }

    @Test func aStreamReadToItsEndLeavesItsConnectionToTheNext() async throws {
        try await withRawServer(.init(maxConnectionsPerHost: 1), script: ConnectionTests.polite) { server, transport in
            for _ in 0..<20 {
                let stream = try await transport.open(server.post("x"))
                #expect(try await stream.body.text() == "ok")
            }
            #expect(server.connections == 1)
        }
    }

    @Test func aTransportThatIsLetGoKeepsItsStreams() async throws {
        let isOpen = Milestone()
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            try await connection.beginChunks()
            await isOpen.reached()
            try await connection.chunk("late")
            try await connection.endChunks()
        }
        try await RawServer.run(script: script) { server in
            let stream = try await CurlTransport().open(server.get())
            isOpen.reach()
            #expect(try await stream.body.text() == "late")
        }
    }

    @Test func whatCannotBeSentIsNotOpened() async throws {
        let port = try ReservedPort()
        try await withTransport { transport in
            let refused = await #expect(throws: TransportError.self) {
                try await transport.open(TransportRequest(.post, url: "http://127.0.0.1:\(port.number)/"))
            }
            #expect(refused?.code == .notConnected)
            #expect(refused?.mayHaveBeenSent == false)
            let invalid = await #expect(throws: TransportError.self) {
                try await transport.open(TransportRequest(.get, url: "ftp://127.0.0.1/"))
            }
            #expect(invalid?.code == .invalidRequest)
        }
    }
}
