import Foundation
import HTTPCore
import HTTPTransport
import Testing

/// A stream ends when its task is cancelled, when nobody holds it, and when the transport is closed.
@Suite(.timeLimit(.minutes(5))) struct LettingGoTests {
    /// Begins a response that does not end.
    static func begin(_ begun: Milestone, ended: Milestone) -> RawServer.Script {
        { connection in
            _ = await connection.request()
            try await connection.beginChunks("X-Id: 1")
            try await connection.chunk("first")
            begun.reach()
            await connection.end()
            ended.reach()
        }
    }

    @Test func cancellingBeforeTheHeadEndsTheConnection() async throws {
        let (arrived, ended) = (Milestone(), Milestone())
        let script: RawServer.Script = { connection in
            _ = await connection.request()
            arrived.reach()
            await connection.end()
            ended.reach()
        }
        try await withRawServer(script: script) { server, transport in
            let task = Task { try await transport.open(server.post("x")).status }
            await arrived.reached()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            await ended.reached()
        }
    }

    @Test func cancellingTheReaderEndsTheConnection() async throws {
        let (begun, ended, firstIsRead) = (Milestone(), Milestone(), Milestone())
        try await withRawServer(script: Self.begin(begun, ended: ended)) { server, transport in
            let stream = try await transport.open(server.post("x"))
            let task = Task {
                for try await _ in stream.body { firstIsRead.reach() }
            }
            await firstIsRead.reached()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            await ended.reached()
        }
    }

    @Test func aCancelledTaskOpensNothing() async throws {
        try await withRawServer(script: { await $0.end() }) { server, transport in
            let gate = Milestone()
            let task = Task {
                await gate.reached()
                return try await transport.open(server.post("x")).status
            }
            task.cancel()
            gate.reach()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(server.connections == 0)
        }
    }

    enum Way: CaseIterable {
        case unread, leftEarly, letGoWhileReading, keptButLeft
    }

    /// With room for one connection, the next request shows that the place is free.
    @Test(arguments: Way.allCases)
    func lettingGoOfAStreamFreesItsPlace(way: Way) async throws {
        let script: RawServer.Script = { connection in
            guard let request = await connection.request() else { return }
            guard request.hasPrefix("GET /endless") else { return try await connection.respond() }
            try await connection.beginChunks()
            try await connection.chunk("first")
            await connection.end()
        }
        try await withRawServer(.init(maxConnectionsPerHost: 1), script: script) { server, transport in
            for _ in 0..<3 {
                let kept = try await Self.open(server.get("endless"), over: transport, andLetGo: way)
                let response = try await transport.send(server.get())
                #expect(response.text == "ok")
                withExtendedLifetime(kept) {}
            }
        }
    }

    /// - Returns: what is still held of it.
    private static func open(
        _ request: TransportRequest, over transport: CurlTransport, andLetGo way: Way
    ) async throws -> TransportStream? {
        let stream = try await transport.open(request)
        switch way {
        case .unread: break
        case .leftEarly:
            for try await _ in stream.body { break }
        case .letGoWhileReading:
            var parts = stream.body.makeAsyncIterator()
            _ = try await parts.next()
        case .keptButLeft:
            for try await _ in stream.body { break }
            return stream
        }
        return nil
    }

    @Test func closingEndsOpenStreams() async throws {
        let (begun, ended, waiting) = (Milestone(), Milestone(), Milestone())
        try await withRawServer(script: Self.begin(begun, ended: ended)) { server, transport in
            let unread = try await transport.open(server.post("x"))
            let stream = try await transport.open(server.post("x"))
            let reader = Task {
                for try await _ in stream.body { waiting.reach() }
            }
            await begun.reached(times: 2)
            await waiting.reached()
            await transport.close()
            for body in [Task { _ = try await unread.body.collected() }, reader] {
                let error = await #expect(throws: TransportError.self) { try await body.value }
                #expect(error?.code == .closed)
                #expect(error?.mayHaveBeenSent == true)
                #expect(error?.headers["x-id"] == "1")
            }
            await ended.reached(times: 2)
            let late = await #expect(throws: TransportError.self) { try await transport.open(server.get()) }
            #expect(late?.code == .closed)
        }
    }
}
