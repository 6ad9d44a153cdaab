import Foundation
import Synchronization

/// A ``ProgressBar`` that many tasks may report to.
package final class ProgressMeter: Sendable {
    private let bar: Mutex<ProgressBar>
    private let elapsed: @Sendable () -> Duration
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - elapsed: the time since the work began.
    ///   - write: takes what is drawn; standard error unless given.
    package init(
        _ bar: ProgressBar, elapsed: @escaping @Sendable () -> Duration,
        write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
    ) {
        self.bar = Mutex(bar)
        self.elapsed = elapsed
        self.write = write
    }

    /// Draws the bar if it is time to.
    package func update(done: Int, total: Int) {
        let elapsed = elapsed()
        // Written under the lock, so that an older line never follows a newer one.
        bar.withLock { bar in
            if let text = bar.update(done: done, total: total, elapsed: elapsed) { write(text) }
        }
    }

    /// Takes the bar away.
    package func finish() {
        bar.withLock { bar in
            if let text = bar.finish() { write(text) }
        }
    }
}
