import HTTPCore
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ConnectionTests {
    /// Answers every request, for as long as the client wants.
    static let polite: RawServer.Script = { connection in
        while await connection.request() != nil { try await connection.respond() }
    }

    @Test func oneConnectionServesManyRequests() async throws {
        try await withRawServer(script: Self.polite) { server, transport in
            for _ in 0..<50 {
                let response = try await transport.send(server.post("x"))
                #expect(response.text == "ok")
            }
            #expect(server.connections == 1)
        }
    }

    @Test func aRefusedConnectionSendsNothing() async throws {
        let port = try ReservedPort()
        try await withTransport { transport in
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(TransportRequest(.post, url: "http://127.0.0.1:\(port.number)/"))
            }
            #expect(error?.code == .notConnected)
            #expect(error?.mayHaveBeenSent == false)
        }
    }

    @Test func aNameWithoutAddressSendsNothing() async throws {
        try await withTransport { transport in
            // Longer than a name may be, so that no name server is asked.
            let host = String(repeating: "a", count: 64) + ".invalid"
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(TransportRequest(.post, url: "http://\(host)/"))
            }
            #expect(error?.code == .nameNotResolved)
            #expect(error?.mayHaveBeenSent == false)
            #expect(error?.description.contains(host) == false)
        }
    }

    @Test func aCertificateThatNobodyVouchesForIsRefused() async throws {
        try await TLSServer.run { url in
            try await withTransport { transport in
                let error = await #expect(throws: TransportError.self) {
                    try await transport.send(TransportRequest(.get, url: url))
                }
                #expect(error?.code == .tls)
                #expect(error?.mayHaveBeenSent == false)
            }
        }
    }

    @Test(
        arguments: [
            ("in the body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
            ("in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf"),
            ("before the response", ""),
        ])
    func aConnectionThatIsCutMayHaveCarriedTheRequest(_: String, answer: String) async throws {
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            try await connection.write(answer)
        }
        try await withRawServer(script: script) { server, transport in
            let error = await #expect(throws: TransportError.self) { try await transport.send(server.post("x")) }
            #expect(error?.code == .connectionLost)
            #expect(error?.mayHaveBeenSent == true)
        }
    }

    @Test func aServerThatDoesNotSpeakHTTPIsAnError() async throws {
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            try await connection.write("220 mail.example.com ESMTP\r\n")
        }
        try await withRawServer(script: script) { server, transport in
            let error = await #expect(throws: TransportError.self) { try await transport.send(server.get()) }
            #expect(error?.code == .other)
            #expect(error?.mayHaveBeenSent == true)
        }
    }

    /// Libcurl by itself would send it again on a new connection.
    @Test func aPostIsNotRepeatedWhenAKeptConnectionIsCut() async throws {
        let requests = Tally()
        try await withRawServer(script: Self.cutsSecondRequest(counting: requests)) { server, transport in
            _ = try await transport.send(server.post("first"))
            let error = await #expect(throws: TransportError.self) { try await transport.send(server.post("second")) }
            #expect(error?.code == .connectionLost)
            #expect(error?.mayHaveBeenSent == true)
            #expect(requests.count == 2)
            let response = try await transport.send(server.post("third"))
            #expect(response.text == "ok")
        }
    }

    @Test func aGetIsRepeatedWhenAKeptConnectionIsCut() async throws {
        let requests = Tally()
        try await withRawServer(script: Self.cutsSecondRequest(counting: requests)) { server, transport in
            _ = try await transport.send(server.get())
            let response = try await transport.send(server.get())
            #expect(response.text == "ok")
            #expect(requests.count == 3)
            #expect(server.connections == 2)
        }
    }

    /// Reads two requests on the first connection, and answers one.
    private static func cutsSecondRequest(counting requests: Tally) -> RawServer.Script {
        { connection in
            while await connection.request() != nil {
                if requests.add() == 2 { return }
                try await connection.respond()
            }
        }
    }

    @Test func requestsBeyondTheConnectionsWaitTheirTurn() async throws {
        let configuration = CurlTransport.Configuration(maxConnectionsPerHost: 3)
        try await withRawServer(configuration, script: Self.polite) { server, transport in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<60 {
                    group.addTask { try await transport.send(server.post("x")).status }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect(server.connections <= 3)
        }
    }

    @Test func oneHostDoesNotTakeTheTurnOfAnother() async throws {
        let isBusy = Milestone()
        let silent: RawServer.Script = { connection in
            _ = await connection.request()
            isBusy.reach()
            await connection.end()
        }
        let configuration = CurlTransport.Configuration(maxConnectionsPerHost: 1, maxConnections: 2)
        try await RawServer.run(script: Self.polite) { other in
            try await withRawServer(configuration, script: silent) { server, transport in
                let stuck = (0..<3).map { _ in Task { try await transport.send(server.get()) } }
                await isBusy.reached()
                let response = try await transport.send(other.get())
                #expect(response.status == 200)
                for task in stuck { task.cancel() }
                for task in stuck { await #expect(throws: CancellationError.self) { try await task.value } }
            }
        }
    }

    @Test func waitingForATurnCountsAsTime() async throws {
        let isBusy = Milestone()
        let silent: RawServer.Script = { connection in
            _ = await connection.request()
            isBusy.reach()
            await connection.end()
        }
        try await withRawServer(.init(maxConnectionsPerHost: 1), script: silent) { server, transport in
            let first = Task { try await transport.send(server.get()) }
            await isBusy.reached()
            let error = await #expect(throws: TransportError.self) {
                try await transport.send(server.post("x", limits: .init(total: .milliseconds(100))))
            }
            #expect(error?.code == .timeout)
            #expect(error?.mayHaveBeenSent == false)
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
        }
    }
}
