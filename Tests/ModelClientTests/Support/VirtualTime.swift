import Foundation
import ModelClient
import Synchronization

/// A clock that stands still until somebody sleeps or a scripted exchange takes its time.
final class VirtualTime: Sendable {
    private struct State {
        var uptime = Duration.seconds(1000)
        var sleeps: [Duration] = []
    }

    private let state = Mutex(State())
    private let sleepsForever: Bool

    /// - Parameter sleepsForever: whether sleeping ends only by cancellation, in place of moving the clock on.
    init(sleepsForever: Bool = false) {
        self.sleepsForever = sleepsForever
    }

    /// The waits asked for so far.
    var sleeps: [Duration] {
        state.withLock { $0.sleeps }
    }

    var uptime: Duration {
        state.withLock { $0.uptime }
    }

    func advance(by duration: Duration) {
        state.withLock { $0.uptime += duration }
    }

    /// Sleeping takes no real time: it moves the clock on.
    var source: TimeSource {
        TimeSource(
            uptime: { self.uptime },
            date: { Date(timeIntervalSince1970: 1_767_000_000) },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { $0.sleeps.append(duration) }
                if self.sleepsForever {
                    let (stream, continuation) = AsyncStream<Never>.makeStream()
                    for await _ in stream {}
                    continuation.finish()
                    try Task.checkCancellation()
                }
                self.advance(by: duration)
            })
    }
}
