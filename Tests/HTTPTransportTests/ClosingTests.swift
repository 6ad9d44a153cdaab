import HTTPCore
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ClosingTests {
    @Test func closingFailsWhatIsUnderWay() async throws {
        let (arrived, ended) = (Milestone(), Milestone())
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            arrived.reach()
            await connection.end()
            ended.reach()
        }
        try await withRawServer(.init(maxConnectionsPerHost: 2), script: script) { server, transport in
            let running = (0..<2).map { _ in Task { try await transport.send(server.post("x")) } }
            await arrived.reached(times: 2)
            let waiting = Task { try await transport.send(server.post("x")) }
            await transport.close()
            for task in running {
                let error = await #expect(throws: TransportError.self) { try await task.value }
                #expect(error?.code == .closed)
                #expect(error?.mayHaveBeenSent == true)
            }
            let error = await #expect(throws: TransportError.self) { try await waiting.value }
            #expect(error?.code == .closed)
            #expect(error?.mayHaveBeenSent == false)
            await ended.reached(times: 2)
        }
    }

    @Test func nothingIsSentAfterClosing() async throws {
        try await withRawServer(script: ConnectionTests.polite) { server, transport in
            await transport.close()
            let error = await #expect(throws: TransportError.self) { try await transport.send(server.get()) }
            #expect(error?.code == .closed)
            #expect(error?.mayHaveBeenSent == false)
            #expect(server.connections == 0)
        }
    }

    @Test func closingTwiceIsClosingOnce() async {
        let transport = CurlTransport()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await transport.close() } }
        }
        await transport.close()
    }

    @Test func aTransportThatIsLetGoClosesItsConnections() async throws {
        let ended = Milestone()
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            try await connection.respond()
            await connection.end()
            ended.reach()
        }
        try await RawServer.run(script: script) { server in
            let response = try await CurlTransport().send(server.get())
            #expect(response.status == 200)
            await ended.reached()
        }
    }

    @Test func closingAtAnyMomentLeavesNobodyWaiting() async throws {
        try await RawServer.run(script: ConnectionTests.polite) { server in
            for _ in 0..<30 {
                let transport = CurlTransport(configuration: .init(maxConnectionsPerHost: 4))
                let tasks = (0..<20).map { _ in Task { try await transport.send(server.post("x")) } }
                for _ in 0..<Int.random(in: 0...100) { await Task.yield() }
                await transport.close()
                for task in tasks {
                    guard case .failure(let error) = await task.result else { continue }
                    #expect((error as? TransportError)?.code == .closed)
                }
            }
        }
    }
}
