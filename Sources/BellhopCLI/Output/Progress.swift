import Foundation
import Terminal

/// Progress bars on standard error.
enum Progress {
    static func meter(_ label: String) -> ProgressMeter {
        let clock = ContinuousClock()
        let start = clock.now
        let isTerminal = isatty(STDERR_FILENO) == 1
        let style = Style.detect(environment: ProcessInfo.processInfo.environment, isTerminal: isTerminal)
        return ProgressMeter(
            ProgressBar(label, isTerminal: isTerminal, style: style), elapsed: { start.duration(to: clock.now) })
    }
}
