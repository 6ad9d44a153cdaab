// Tests read plans in debug builds; only a build with the trait ever has one.
#if CrashPoints || DEBUG
    import Foundation
    import Synchronization

    /// At which point the process is to die, and at which passing of it.
    final class CrashPlan: Sendable {
        private let name: String
        /// Passings until then, that one included.
        private let left: Mutex<Int>

        /// What `BELLHOP_CRASH_AT` asks for; `nil` when it is not set.
        static let ofEnvironment: CrashPlan? = ProcessInfo.processInfo.environment["BELLHOP_CRASH_AT"].map { text in
            guard let plan = CrashPlan(text) else {
                fatalError("BELLHOP_CRASH_AT takes a point and which passing of it, as in model_answered:3")
            }
            return plan
        }

        /// Reads `NAME[:PASSING]`.
        init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard let name = parts.first, !name.isEmpty, parts.count <= 2,
                let passing = parts.count == 2 ? Int(parts[1]) : 1, passing > 0
            else { return nil }
            self.name = String(name)
            left = Mutex(passing)
        }

        /// Counts a passing of the point.
        func isDue(at point: String) -> Bool {
            guard point == name else { return false }
            return left.withLock { left in
                left -= 1
                return left <= 0
            }
        }
    }
#endif
