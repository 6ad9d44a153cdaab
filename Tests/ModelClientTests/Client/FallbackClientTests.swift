import Foundation
import HTTPCore
import ModelClient
import Synchronization
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct FallbackClientTests {
    private let time = VirtualTime()

    private func client(
        _ script: [String: [ScriptedTransport.Exchange]], _ configuration: ModelClientConfiguration = .sample()
    ) -> (FallbackClient, ScriptedTransport) {
        let transport = ScriptedTransport(script, time: time)
        return (FallbackClient(transport, configuration, time: time), transport)
    }

    @Test func `gives the first model's answer with its cost`() async throws {
        let (client, transport) = client(["a": [.ok("fine", takes: .milliseconds(250))]])
        let reply = try await client.answer(.sample())
        #expect(reply.content == .text("fine"))
        #expect(reply.model == "a")
        #expect(!reply.isFallback)
        #expect(
            reply.attempts == [
                Attempt(
                    model: "a", status: 200, elapsed: .milliseconds(250),
                    usage: Usage(promptTokens: 100, completionTokens: 20), cost: .estimated(USD(nanos: 300_000)))
            ])
        #expect(transport.asked == ["a"])
        #expect(time.sleeps == [])
    }

    @Test func `moves to the next model after an outage, and says so`() async throws {
        let (client, _) = client(["a": [.status(503), .status(502)], "b": [.ok("fine")]])
        let reply = try await client.answer(.sample())
        #expect(reply.model == "b")
        #expect(reply.isFallback)
        #expect(reply.attempts.map(\.model) == ["a", "a", "b"])
        #expect(reply.attempts.map(\.status) == [503, 502, 200])
        #expect(reply.attempts.map(\.failure?.kind) == [.unavailable, .unavailable, nil])
        #expect(reply.attempts.map(\.cost) == [.none, .unknown, .estimated(USD(nanos: 300_000))])
    }

    @Test func `moves to the next model after a poor answer, which still costs`() async throws {
        let (client, _) = client(["a": [.ok(#"{"label":"so so"}"#)], "b": [.ok(#"{"label":"happy"}"#)]])
        let reply = try await client.answer(.sample(.mood()))
        #expect(reply.content == .json(["label": "happy"]))
        #expect(reply.attempts[0].failure == .init(.poorAnswer, "label must be one of: happy, unhappy"))
        #expect(reply.attempts[0].cost == .estimated(USD(nanos: 300_000)))
    }

    @Test func `waits as the provider asks and tries the same model again`() async throws {
        let (client, transport) = client([
            "a": [.status(429, headers: [("Retry-After", "2")]), .ok("fine")]
        ])
        let reply = try await client.answer(.sample())
        #expect(reply.model == "a")
        #expect(time.sleeps == [.milliseconds(2200)])
        #expect(transport.asked == ["a", "a"])
    }

    @Test func `repeats what was never sent, with growing waits`() async throws {
        let unreachable = ScriptedTransport.Exchange.error(.notConnected, sent: false)
        let (client, _) = client(["a": [unreachable, unreachable, .ok("fine")]])
        let reply = try await client.answer(.sample())
        #expect(reply.model == "a")
        #expect(time.sleeps == [.seconds(1), .seconds(2)])
        #expect(
            reply.attempts[0]
                == Attempt(
                    model: "a", status: nil, elapsed: .milliseconds(10), cost: .none,
                    failure: .init(.notConnected, "no response, not_connected")))
    }

    @Test func `does not repeat what may have been billed`() async throws {
        let (client, transport) = client(["a": [.error(.connectionLost, sent: true)], "b": [.ok("fine")]])
        let reply = try await client.answer(.sample())
        #expect(transport.asked == ["a", "b"])
        #expect(reply.attempts[0].cost == .unknown)
    }

    @Test func `asks a rate-limited model no more until its time has come`() async throws {
        let (client, transport) = client([
            "a": [.status(429, headers: [("Retry-After", "600")]), .ok("back")],
            "b": [.ok("one"), .ok("two")],
        ])
        #expect(try await client.answer(.sample()).model == "b")
        let second = try await client.answer(.sample())
        #expect(second.model == "b")
        #expect(second.isFallback)
        #expect(second.attempts.map(\.model) == ["b"])
        #expect(transport.asked == ["a", "b", "b"])
        time.advance(by: .seconds(600))
        #expect(try await client.answer(.sample()).model == "a")
    }

    @Test func `says how long to wait when every model wants to be left alone`() async throws {
        let (client, transport) = client(
            [
                "a": [.status(429, headers: [("Retry-After", "900")])],
                "b": [.status(503, headers: [("Retry-After", "300")])],
            ], .sample(maxModels: 2))
        let first = try #require(try await clientError { try await client.answer(.sample()) })
        #expect(first.code == .mustWait)
        #expect(first.retryAfter == .seconds(300))
        #expect(first.attempts.count == 2)

        time.advance(by: .seconds(100))
        let second = try #require(try await clientError { try await client.answer(.sample()) })
        #expect(second.code == .mustWait)
        let wait = try #require(second.retryAfter)
        #expect(wait > .seconds(199) && wait < .seconds(201))
        #expect(second.attempts.isEmpty)
        #expect(transport.asked == ["a", "b"])
    }

    @Test func `goes to another provider at once when a key is wrong`() async throws {
        let (client, transport) = client(["a": [.status(401)], "d": [.ok("fine")]])
        let reply = try await client.answer(.sample())
        #expect(reply.model == "d")
        #expect(transport.asked == ["a", "d"])
        #expect(reply.attempts[0].cost == .none)
    }

    @Test func `stops for a wrong request, with the reason in the error`() async throws {
        let body = #"{"error":{"code":400,"message":"s3cret","metadata":{"error_type":"invalid_request"}}}"#
        let (client, transport) = client(["a": [.status(400, body: body)]])
        let error = try #require(try await clientError { try await client.answer(.sample()) })
        #expect(error.code == .stopped)
        #expect(error.message.contains("invalid_request (HTTP 400, invalid_request)"))
        #expect(error.attempts.map(\.failure?.kind) == [.invalidRequest])
        #expect(transport.asked == ["a"])
    }

    @Test func `reports every attempt when the chain is exhausted`() async throws {
        let (client, _) = client(["a": [.noModel], "b": [.ok(""), .ok(" ")]], .sample(maxModels: 2))
        let error = try #require(try await clientError { try await client.answer(.sample()) })
        #expect(error.code == .chainExhausted)
        #expect(error.message.contains("a: unknown_model, b: poor_answer twice"))
        #expect(error.attempts.map(\.occasion) == [.first, .fallback, .correction])
        #expect(error.retryAfter == nil)
    }

    @Test func `shares the time fairly and ends at the deadline`() async throws {
        let (client, transport) = client(
            [
                "a": [.silence], "b": [.silence], "c": [.silence],
            ], .sample(maxModels: 3))
        let start = time.uptime
        let error = try #require(
            try await clientError { try await client.answer(.sample(deadline: .seconds(90))) })
        #expect(error.code == .chainExhausted)
        #expect(transport.sent.map(\.limits.total) == [.seconds(30), .seconds(30), .seconds(30)])
        #expect(time.uptime - start == .seconds(90))
        #expect(error.attempts.allSatisfy { $0.failure?.kind == .timeout && $0.cost == .unknown })
    }

    @Test func `takes the model's own time limit and the client's others`() async throws {
        var configuration = ModelClientConfiguration.sample()
        configuration.models[0].timeout = .seconds(3)
        configuration.limits.responseBytes = 1000
        let (client, transport) = client(["a": [.ok("fine")]], configuration)
        _ = try await client.answer(.sample())
        #expect(transport.sent[0].limits == .init(connect: .seconds(3), total: .seconds(3), responseBytes: 1000))
    }

    @Test func `sends nothing that could pass the spend limit and goes on to a cheaper model`() async throws {
        var configuration = ModelClientConfiguration.sample(firstFallsBackTo: ["b", "c"])
        configuration.models[1].completionPrice = nil
        configuration.models[2].completionPrice = .free
        let (client, transport) = client(["c": [.ok("fine")]], configuration)
        let reply = try await client.answer(.sample(maxTokens: 1000, spendLimit: .cents(1) - USD(nanos: 1)))
        #expect(transport.asked == ["c"])
        #expect(reply.attempts.map(\.failure) == [nil])
        #expect(reply.skipped == [Skip(model: "a", reason: .overSpendLimit), Skip(model: "b", reason: .unpriced)])
    }

    @Test func `counts what earlier attempts cost against the spend limit`() async throws {
        let (client, transport) = client(["a": [.ok("")]])
        // One worst case fits, but not one more after the first answer was paid for.
        let error = try #require(
            try await clientError { try await client.answer(.sample(spendLimit: USD(nanos: 1_300_000))) })
        #expect(transport.asked == ["a"])
        #expect(error.code == .chainExhausted)
        #expect(error.attempts.map(\.failure?.kind) == [.poorAnswer])
        #expect(error.skipped.map(\.reason) == [.overSpendLimit, .overSpendLimit, .overSpendLimit])
    }

    @Test func `names the model to write when the override is not configured`() async throws {
        let (client, _) = client([:])
        var call = ModelCall.sample()
        call.modelOverride = "A"
        let error = try #require(try await clientError { try await client.answer(call) })
        #expect(error.code == .stopped)
        #expect(error.message == #"model "A" is not configured: write "a""#)
    }

    @Test func `throws CancellationError when cancelled in a wait`() async throws {
        let time = VirtualTime(sleepsForever: true)
        let transport = ScriptedTransport(["a": [.status(429)]], time: time)
        let client = FallbackClient(transport, time: time)
        let call = Task { try await client.answer(.sample()) }
        while time.sleeps.isEmpty { await Task.yield() }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(transport.asked == ["a"])
    }

    @Test func `waits in line no longer than the deadline`() async throws {
        let transport = StuckTransport()
        let client = FallbackClient(transport, .sample(concurrency: 1), time: time)
        let first = Task { try await client.answer(.sample()) }
        while transport.total == 0 { await Task.yield() }
        let error = try #require(
            try await clientError { try await client.answer(.sample(deadline: .seconds(5))) })
        #expect(error.code == .deadlineExceeded)
        #expect(error.attempts.isEmpty)
        #expect(time.sleeps == [.seconds(5)])
        #expect(transport.total == 1)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
    }

    @Test func `has no more requests under way than allowed`() async throws {
        let transport = CountingTransport()
        let client = FallbackClient(transport, .sample(concurrency: 3), time: VirtualTime(sleepsForever: true))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask { _ = try await client.answer(.sample()) }
            }
            try await group.waitForAll()
        }
        #expect(transport.most <= 3)
        #expect(transport.total == 50)
    }
}

/// Answers at once and remembers how many requests were under way together.
private final class CountingTransport: Transport {
    private let counts = Mutex((now: 0, most: 0, total: 0))

    var most: Int { counts.withLock { $0.most } }
    var total: Int { counts.withLock { $0.total } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        counts.withLock { counts in
            counts.now += 1
            counts.total += 1
            counts.most = max(counts.most, counts.now)
        }
        for _ in 0..<5 { await Task.yield() }
        counts.withLock { $0.now -= 1 }
        return TransportResponse(status: 200, body: Data(String.answer("fine").utf8))
    }
}

/// Never answers; ends when cancelled.
private final class StuckTransport: Transport {
    private let count = Mutex(0)

    var total: Int { count.withLock { $0 } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        count.withLock { $0 += 1 }
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        for await _ in stream {}
        continuation.finish()
        throw CancellationError()
    }
}
