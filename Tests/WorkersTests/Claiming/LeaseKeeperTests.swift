import Foundation
import InboxCore
import Logging
import Synchronization
import Testing

@testable import Workers

@Suite(.timeLimit(.minutes(1))) struct LeaseKeeperTests {
    private let time = ManualTime()
    private let beat = Duration.seconds(20)
    private let record = Record()

    private final class Record: Sendable {
        let beats = Mutex<[Date]>([])
        let finishes = Mutex(0)

        /// - Returns: the number of tries so far.
        func finish() -> Int {
            finishes.withLock { count in
                count += 1
                return count
            }
        }
    }

    private var keeper: LeaseKeeper {
        LeaseKeeper(
            lease: .seconds(60), longestPause: .seconds(5),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            time: time.source)
    }

    /// Waits on a gate, and throws when cancelled.
    private static func wait(at gate: AsyncStream<Void>) async throws(CancellationError) {
        for await _ in gate {}
        if Task.isCancelled { throw CancellationError() }
    }

    @Test func `the lease is extended time and again while the work runs`() async throws {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        async let ending = keeper.holding(
            extend: { [record] until in
                record.beats.withLock { $0.append(until) }
                return true
            },
            work: { () async throws(CancellationError) -> Int in
                try await Self.wait(at: gate)
                return 7
            },
            finish: { [record] _ in record.finish() > 0 })
        for _ in 1...3 {
            await time.hasSleeper(for: beat)
            time.advance(by: beat)
        }
        await time.hasSleeper(for: beat)
        opener.finish()
        guard case .recorded(7) = try await ending else {
            Issue.record("not recorded")
            return
        }
        #expect(record.beats.withLock { $0 } == [80, 100, 120].map { Fixture.now + $0 })
        #expect(record.finishes.withLock { $0 } == 1)
    }

    @Test func `when the lease is lost the work is cancelled and nothing recorded`() async throws {
        async let ending = keeper.holding(
            extend: { _ in false },
            work: { () async throws(CancellationError) in try await Self.wait(at: AsyncStream { _ in }) },
            finish: { [record] in record.finish() > 0 })
        await time.hasSleeper(for: beat)
        time.advance(by: beat)
        guard case .lost = try await ending else {
            Issue.record("not lost")
            return
        }
        #expect(record.finishes.withLock { $0 } == 0)
    }

    @Test func `a lease that cannot be extended is not lost yet`() async throws {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        async let ending = keeper.holding(
            extend: { _ in throw InboxError(.storage, "the disk is full") },
            work: { () async throws(CancellationError) in try await Self.wait(at: gate) },
            finish: { [record] in record.finish() > 0 })
        await time.hasSleeper(for: beat)
        time.advance(by: beat)
        await time.hasSleeper(for: beat)
        opener.finish()
        guard case .recorded = try await ending else {
            Issue.record("not recorded")
            return
        }
    }

    @Test func `a beat that comes after the end was recorded loses nothing`() async throws {
        let (recorded, recording) = AsyncStream.makeStream(of: Void.self)
        let (beaten, beating) = AsyncStream.makeStream(of: Void.self)
        let ending = try await keeper.holding(
            extend: { _ in
                for await _ in recorded {}
                beating.finish()
                return false
            },
            work: { () async throws(CancellationError) in },
            finish: { [time, beat] in
                await time.hasSleeper(for: beat)
                time.advance(by: beat)
                recording.finish()
                for await _ in beaten {}
                return true
            })
        guard case .recorded = ending else {
            Issue.record("not recorded")
            return
        }
    }

    @Test func `while the storage fails the end is recorded later, and the work is done once`() async throws {
        let runs = Mutex(0)
        async let ending = keeper.holding(
            extend: { _ in true },
            work: { () async throws(CancellationError) in runs.withLock { $0 += 1 } },
            finish: { [record] in
                if record.finish() < 4 { throw InboxError(.storage, "the disk is full") }
                return true
            })
        for pause in [100, 200, 400].map(Duration.milliseconds) {
            await time.hasSleeper(for: pause)
            time.advance(by: pause)
        }
        guard case .recorded = try await ending else {
            Issue.record("not recorded")
            return
        }
        #expect(record.finishes.withLock { $0 } == 4)
        #expect(runs.withLock { $0 } == 1)
    }

    @Test(arguments: [InboxError.Code.conflict, .closed, .notFound])
    func `an end that a working storage does not take is tried once`(code: InboxError.Code) async throws {
        let ending = try await keeper.holding(
            extend: { _ in true }, work: { () async throws(CancellationError) -> Int in 7 },
            finish: { [record] _ in
                _ = record.finish()
                throw InboxError(code, "no")
            })
        guard case .unrecorded(7, let error) = ending else {
            Issue.record("not unrecorded")
            return
        }
        #expect((error as? InboxError)?.code == code)
        #expect(record.finishes.withLock { $0 } == 1)
    }

    @Test func `when cancelled, what the work has to say still counts`() async throws {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let (began, beginning) = AsyncStream.makeStream(of: Void.self)
        let task = Task { [keeper] in
            try await keeper.holding(
                extend: { _ in true },
                work: { () async throws(CancellationError) -> Int in
                    beginning.finish()
                    try? await Self.wait(at: gate)
                    return 7
                },
                finish: { _ in true })
        }
        for await _ in began {}
        task.cancel()
        opener.finish()
        guard case .recorded(7) = try await task.value else {
            Issue.record("not recorded")
            return
        }
    }
}
