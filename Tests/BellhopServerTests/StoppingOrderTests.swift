import BellhopServer
import Logging
import ServiceLifecycle
import Synchronization
import Testing

/// In which order the parts of a server stop, whatever the reason.
@Suite(.timeLimit(.minutes(5))) struct StoppingOrderTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let diary = Diary()

    private struct Broken: Error {}

    @Test(arguments: [true, false])
    func `a part that fails or just ends has the others stop in their order`(throwing: Bool) async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let parts: [any Service] = [
            ClosingService { diary.write("storage closed") },
            Part {
                begin.finish()
            } onStop: { isCancelled in
                diary.write(isCancelled ? "workers cancelled" : "workers stopped")
            },
            Part(untilStopped: false) {
                for await _ in begun {}
                if throwing { throw Broken() }
            },
        ]
        let group = ServiceGroup(stoppingFromTheEnd: parts, logger: logger)
        if throwing {
            await #expect(throws: Broken.self) { try await group.run() }
        } else {
            await #expect(throws: EarlyEndError(part: "a part")) { try await group.run() }
        }
        #expect(diary.entries == ["workers stopped", "storage closed"])
    }

    @Test func `what is warned stops ahead of its turn, and nothing else does`() async throws {
        let (stopped, tell) = AsyncStream.makeStream(of: Void.self)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let workers = ForewarnedService(
            Part {
                begin.finish()
            } onStop: { _ in
                diary.write("workers stopped")
                tell.finish()
            }, logger: logger)
        let parts: [any Service] = [
            ClosingService { diary.write("storage closed") },
            workers,
            Part {
            } onStop: { _ in
                // A slow sender: the door closes only after the workers.
                for await _ in stopped {}
                diary.write("door closed")
            },
            ClosingService { await workers.warn() },
        ]
        let group = ServiceGroup(stoppingFromTheEnd: parts, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in begun {}
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(diary.entries == ["workers stopped", "door closed", "storage closed"])
    }

    @Test func `workers that end unwarned fail, too`() async throws {
        let workers = ForewarnedService(Part(untilStopped: false) {}, logger: logger)
        let group = ServiceGroup(stoppingFromTheEnd: [workers], logger: logger)
        await #expect(throws: EarlyEndError(part: "a part")) { try await group.run() }
    }
}

/// A part of a server: begins, and ends at once or when it is told to.
private struct Part: Service, CustomStringConvertible {
    var untilStopped = true
    var start: @Sendable () async throws -> Void
    /// Learns whether it was cancelled instead of being told.
    var onStop: @Sendable (_ isCancelled: Bool) async -> Void = { _ in }

    var description: String { "a part" }

    func run() async throws {
        try await start()
        guard untilStopped else { return }
        let isCancelled = (try? await gracefulShutdown()) == nil
        await onStop(isCancelled)
    }
}

/// What happened, in order.
private final class Diary: Sendable {
    private let book = Mutex<[String]>([])

    var entries: [String] { book.withLock { $0 } }

    func write(_ entry: String) {
        book.withLock { $0.append(entry) }
    }
}
