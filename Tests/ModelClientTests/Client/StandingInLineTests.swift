import Foundation
import HTTPCore
import Synchronization
import Testing

@testable import ModelClient

@Suite(.timeLimit(.minutes(5)))
struct StandingInLineTests {
    @Test func `does not ask a model that came to rest while the call stood in line`() async throws {
        let time = VirtualTime(sleepsForever: true)
        let transport = HeldTransport(
            ScriptedTransport(
                ["a": [.status(429, headers: [("Retry-After", "600")])], "b": [.ok("one"), .ok("two")]], time: time))
        let client = FallbackClient(transport, .sample(concurrency: 1), time: time)
        // Children of the test, so that its time limit ends them when they wait in vain.
        async let first = client.answer(.sample())
        await transport.arrived()
        async let second = client.answer(.sample())
        while client.core.callsInLine == 0 { await Task.yield() }
        transport.release()
        let replies = try await (first, second)
        #expect(replies.0.attempts.map(\.model) == ["a", "b"])
        #expect(replies.1.attempts.map(\.model) == ["b"])
    }
}

/// Holds the first request back.
private final class HeldTransport: Transport {
    private let inner: ScriptedTransport
    private let isFirst = Atomic(true)
    private let arrivals = AsyncStream<Void>.makeStream()
    private let releases = AsyncStream<Void>.makeStream()

    init(_ inner: ScriptedTransport) {
        self.inner = inner
    }

    /// Returns when the first request has come.
    func arrived() async {
        for await _ in arrivals.stream.prefix(1) {}
    }

    func release() {
        releases.continuation.finish()
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        if isFirst.exchange(false, ordering: .relaxed) {
            arrivals.continuation.yield()
            for await _ in releases.stream {}
        }
        return try await inner.send(request)
    }
}
