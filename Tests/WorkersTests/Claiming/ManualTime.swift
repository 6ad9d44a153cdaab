import Foundation
import ModelClient
import Synchronization

/// A clock that stands still until its test moves it.
final class ManualTime: Sendable {
    private struct State {
        var uptime = Duration.zero
        /// Each sleeper waits on a stream of its own: a stream ends with the first task that is cancelled on it.
        var sleepers: [(until: Duration, waker: AsyncStream<Void>.Continuation)] = []
    }

    private let state = Mutex(State())
    private let naps: AsyncStream<Duration>
    private let nap: AsyncStream<Duration>.Continuation

    init() {
        (naps, nap) = AsyncStream.makeStream()
    }

    var source: TimeSource {
        TimeSource(uptime: { self.uptime }, date: { self.date }, sleep: { try await self.sleep($0) })
    }

    var uptime: Duration { state.withLock { $0.uptime } }
    var date: Date { Fixture.now + uptime / .seconds(1) }

    /// Waits until somebody sleeps for so long.
    func hasSleeper(for length: Duration) async {
        for await nap in naps where nap == length { return }
    }

    /// Lets time pass, and wakes who has slept long enough.
    func advance(by length: Duration) {
        let wakers = state.withLock { state in
            state.uptime += length
            let due = state.sleepers.filter { $0.until <= state.uptime }
            state.sleepers.removeAll { $0.until <= state.uptime }
            return due.map(\.waker)
        }
        for waker in wakers { waker.finish() }
    }

    private func sleep(_ length: Duration) async throws {
        let (bed, waker) = AsyncStream.makeStream(of: Void.self)
        state.withLock { $0.sleepers.append(($0.uptime + length, waker)) }
        nap.yield(length)
        for await _ in bed {}
        try Task.checkCancellation()
    }
}
