import Foundation
import Synchronization

/// The one ``StreamIntake`` of an exchange, shared by the task that reads and those that watch the time.
final class StreamSession: Sendable {
    private let intake: Mutex<StreamIntake>
    /// Ends when nothing more will come that counts.
    let untilOver: AsyncStream<Never>
    private let over: AsyncStream<Never>.Continuation

    init(_ intake: StreamIntake) {
        self.intake = Mutex(intake)
        (untilOver, over) = AsyncStream.makeStream()
    }

    deinit {
        over.finish()
    }

    func change<Result: Sendable>(_ body: (inout StreamIntake) throws -> Result) rethrows -> Result {
        let (result, isOver) = try intake.withLock { intake in
            (try body(&intake), intake.isOver)
        }
        if isOver { over.finish() }
        return result
    }
}
