import HTTPCore
import HTTPTransport
import Testing

@Suite(.timeLimit(.minutes(5))) struct CancellationTests {
    @Test func cancellingEndsTheRequestAndItsConnection() async throws {
        let (arrived, ended) = (Milestone(), Milestone())
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            arrived.reach()
            await connection.end()
            ended.reach()
        }
        try await withRawServer(script: script) { server, transport in
            let task = Task { try await transport.send(server.post("x", limits: .init(total: .seconds(3600)))) }
            await arrived.reached()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            await ended.reached()
        }
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        try await withRawServer(script: { await $0.end() }) { server, transport in
            let gate = Milestone()
            let task = Task {
                await gate.reached()
                return try await transport.send(server.post("x"))
            }
            task.cancel()
            gate.reach()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(server.connections == 0)
        }
    }

    @Test func aRequestThatWaitsItsTurnCanBeCancelled() async throws {
        let arrived = Milestone()
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            arrived.reach()
            await connection.end()
        }
        try await withRawServer(.init(maxConnectionsPerHost: 1), script: script) { server, transport in
            let first = Task { try await transport.send(server.get()) }
            await arrived.reached()
            let waiting = (0..<20).map { _ in Task { try await transport.send(server.get()) } }
            for task in waiting { task.cancel() }
            for task in waiting { await #expect(throws: CancellationError.self) { try await task.value } }
            #expect(server.connections == 1)
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
        }
    }

    /// A continuation resumed twice would trap, one never resumed would run into the time limit.
    @Test(arguments: [4, 64])
    func requestsCancelledAtAnyMomentEndOnce(connections: Int) async throws {
        let configuration = CurlTransport.Configuration(maxConnectionsPerHost: connections, idleHandles: 8)
        try await withRawServer(configuration, script: ConnectionTests.polite) { server, transport in
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<600 {
                    group.addTask { await Self.sendAndCancel(server.post("x"), over: transport) }
                }
                return await group.reduce(into: (answered: 0, other: 0)) { counts, isExpected in
                    if isExpected { counts.answered += 1 } else { counts.other += 1 }
                }
            }
            #expect(outcomes == (600, 0))
            let response = try await transport.send(server.post("x"))
            #expect(response.text == "ok", "still good for use")
        }
    }

    /// - Returns: whether there was a response or a cancellation, and nothing else.
    private static func sendAndCancel(_ request: TransportRequest, over transport: CurlTransport) async -> Bool {
        let task = Task { try await transport.send(request) }
        for _ in 0..<Int.random(in: 0...300) { await Task.yield() }
        task.cancel()
        switch await task.result {
        case .success(let response): return response.text == "ok"
        case .failure(let error): return error is CancellationError
        }
    }
}
