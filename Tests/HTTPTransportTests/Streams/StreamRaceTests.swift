import Foundation
import HTTPCore
import HTTPTransport
import Testing

/// A continuation resumed twice would trap, one never resumed would run into the time limit, and a place that is not
/// given back leaves the last request waiting.
@Suite(.timeLimit(.minutes(2))) struct StreamRaceTests {
    /// Answers every request in ten parts.
    static let inParts: RawServer.Script = { connection in
        while await connection.request() != nil {
            try await connection.beginChunks()
            for number in 0..<10 { try await connection.chunk("\(number)") }
            try await connection.endChunks()
        }
    }

    /// How a reader behaves.
    enum Manner: CaseIterable {
        case readsOn, leavesEarly, neverReads
    }

    @Test(arguments: [4, 64], [0, 256 << 10])
    func streamsCancelledAtAnyMomentLeaveNothingBehind(connections: Int, maxUnread: Int) async throws {
        let configuration = CurlTransport.Configuration(
            maxConnectionsPerHost: connections, idleHandles: 8, maxUnreadBytes: maxUnread)
        try await withRawServer(configuration, script: Self.inParts) { server, transport in
            let expected = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<1000 {
                    let manner = Manner.allCases[number % 3]
                    group.addTask { await Self.openAndCancel(server.post("x"), over: transport, manner) }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(expected == 1000)
            for _ in 0..<(2 * connections) {
                let stream = try await transport.open(server.post("x"))
                #expect(try await stream.body.text() == "0123456789")
            }
        }
    }

    /// - Returns: whether the body came in whole or there was a cancellation, and nothing else.
    private static func openAndCancel(
        _ request: TransportRequest, over transport: CurlTransport, _ manner: Manner
    ) async -> Bool {
        let task = Task { try await read(transport.open(request), manner) }
        for _ in 0..<Int.random(in: 0...300) { await Task.yield() }
        task.cancel()
        switch await task.result {
        case .success(let isWhole): return isWhole
        case .failure(let error): return error is CancellationError
        }
    }

    private static func read(_ stream: TransportStream, _ manner: Manner) async throws -> Bool {
        switch manner {
        case .readsOn: return try await stream.body.text() == "0123456789"
        case .leavesEarly:
            for try await part in stream.body { return part.first == UInt8(ascii: "0") }
            return false
        case .neverReads: return stream.status == 200
        }
    }

    @Test func closingAtAnyMomentLeavesNoReaderWaiting() async throws {
        try await RawServer.run(script: Self.inParts) { server in
            for _ in 0..<30 {
                let transport = CurlTransport(configuration: .init(maxConnectionsPerHost: 4))
                let tasks = (0..<20).map { number in
                    Task { try await Self.read(transport.open(server.post("x")), Manner.allCases[number % 3]) }
                }
                for _ in 0..<Int.random(in: 0...200) { await Task.yield() }
                await transport.close()
                for task in tasks {
                    switch await task.result {
                    case .success(let isWhole): #expect(isWhole)
                    case .failure(let error): #expect((error as? TransportError)?.code == .closed)
                    }
                }
            }
        }
    }
}
