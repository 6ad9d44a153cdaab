import Foundation
import InboxCore
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Workers

@Suite(.timeLimit(.minutes(1))) struct ClaimLoopTests {
    private let time = ManualTime()
    private let poll = Duration.seconds(5)
    private let drain = Duration.seconds(20)

    /// Runs a loop while `body` runs, then stops it gracefully.
    private func withLoop(
        _ claims: ScriptedClaims, concurrency: Int = 4, signal: AsyncStream<Void> = AsyncStream { _ in },
        nextDue: Date? = nil, _ body: (ServiceGroup) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let loop = ClaimLoop(
            configuration: .init(concurrency: concurrency, lease: .seconds(60), poll: poll),
            drain: { [drain] in drain },
            signals: [signal], claim: claims.claim, nextDue: { nextDue },
            words: .init(cannotClaim: "cannot claim", drainIsOver: "over"), logger: logger, time: time.source)
        let services = ServiceGroup(services: [Looping(loop: loop)], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            try await body(services)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    private struct Looping: Service {
        let loop: ClaimLoop

        func run() async throws {
            await loop.run()
        }
    }

    private func next(_ stream: AsyncStream<String>) async -> String? {
        await stream.first { _ in true }
    }

    @Test func `a claim that fails is left alone for longer each time, and then asked again`() async throws {
        let claims = ScriptedClaims { look, _ in
            if look <= 8 { throw InboxError(.storage, "the disk is full") }
            return look == 9 ? ["work"] : []
        }
        try await withLoop(claims) { _ in
            for pause in [100, 200, 400, 800, 1600, 3200, 5000, 5000].map(Duration.milliseconds) {
                await time.hasSleeper(for: pause)
                time.advance(by: pause)
            }
            #expect(await next(claims.began) == "work")
            claims.letGo("work")
        }
    }

    @Test func `a claim that fails does not keep it from stopping`() async throws {
        let claims = ScriptedClaims { _, _ in throw InboxError(.storage, "the disk is full") }
        // The time stands still: the pause never ends by itself.
        try await withLoop(claims) { _ in await time.hasSleeper(for: .milliseconds(100)) }
        #expect(claims.looks.count == 1)
    }

    @Test func `a change during the first look is not missed`() async throws {
        let (signal, change) = AsyncStream.makeStream(of: Void.self)
        let claims = ScriptedClaims { look, _ in
            if look == 1 { change.yield() }
            return look == 2 ? ["work"] : []
        }
        try await withLoop(claims, signal: signal) { _ in
            #expect(await next(claims.began) == "work")
            claims.letGo("work")
        }
    }

    @Test func `no more is under way than allowed, and the end of one makes room for one`() async throws {
        let made = Mutex(0)
        let claims = ScriptedClaims { _, free in
            made.withLock { made in
                defer { made += free }
                return (made..<made + free).map { "work \($0)" }
            }
        }
        try await withLoop(claims, concurrency: 2) { services in
            var began = claims.began.makeAsyncIterator()
            let first = try #require(await began.next())
            _ = await began.next()
            claims.letGo(first)
            _ = await began.next()
            #expect(claims.looks == [2, 1])
            await services.triggerGracefulShutdown()
            await time.hasSleeper(for: drain)
            for number in 0...2 { claims.letGo("work \(number)") }
        }
        #expect(claims.looks == [2, 1])
    }

    @Test func `it looks again when something is due, and at the latest after the longest pause`() async throws {
        for (due, pause) in [(Fixture.now + 3, Duration.seconds(3)), (Fixture.now + 60, poll)] {
            let test = ClaimLoopTests()
            let claims = ScriptedClaims { look, _ in look == 2 ? ["work"] : [] }
            try await test.withLoop(claims, nextDue: due) { _ in
                await test.time.hasSleeper(for: pause)
                test.time.advance(by: pause)
                #expect(await test.next(claims.began) == "work")
                claims.letGo("work")
            }
        }
    }

    @Test func `once told to stop it takes nothing, and what is under way may end`() async throws {
        let (signal, change) = AsyncStream.makeStream(of: Void.self)
        let claims = ScriptedClaims { look, _ in look == 1 ? ["work"] : ["too late"] }
        try await withLoop(claims, signal: signal) { services in
            #expect(await next(claims.began) == "work")
            await services.triggerGracefulShutdown()
            await time.hasSleeper(for: drain)
            change.yield()
            claims.letGo("work")
        }
        #expect(claims.looks == [4])
        #expect(claims.cancelled == [])
    }

    @Test func `what has not ended when the drain is over is cancelled`() async throws {
        let claims = ScriptedClaims { look, _ in look == 1 ? ["work"] : [] }
        try await withLoop(claims) { services in
            #expect(await next(claims.began) == "work")
            await services.triggerGracefulShutdown()
            await time.hasSleeper(for: drain)
            time.advance(by: drain)
        }
        #expect(claims.cancelled == ["work"])
    }
}
