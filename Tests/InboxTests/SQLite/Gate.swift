import Foundation
import Synchronization

@testable import InboxSQLite

extension SQLiteInbox {
    /// Runs the body while the writer stands still, so that all that the body hands in waits together.
    func whileWriterStands<T>(_ body: () async throws -> T) async throws -> T {
        let (started, continuation) = AsyncStream.makeStream(of: Void.self)
        let goOn = DispatchSemaphore(value: 0)
        let gate = Task { try await writer.submit(GateCommand(started: continuation, goOn: goOn)) }
        _ = await started.first { true }
        let result: T
        do {
            result = try await body()
        } catch {
            goOn.signal()
            throw error
        }
        goOn.signal()
        try await gate.value
        return result
    }

    /// Returns when this many commands wait for the writer.
    ///
    /// - Throws: when the time limit of the test cancels it.
    func waitUntilQueued(_ count: Int) async throws {
        while writer.queue.withLock({ $0.waiting.count }) < count {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}

/// Keeps the writer busy until it is told to go on.
private struct GateCommand: StoreCommand {
    let started: AsyncStream<Void>.Continuation
    let goOn: DispatchSemaphore

    func perform(in transaction: inout StoreTransaction) {
        started.yield()
        goOn.wait()
    }
}
