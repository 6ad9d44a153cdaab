#if CrashPoints
    import Glibc
#endif

/// A moment at which a test can have the process killed, to see what it left behind.
///
/// Only builds with the package trait `CrashPoints` can: there `BELLHOP_CRASH_AT=model_answered:3` ends the process
/// with SIGKILL when it passes this point for the third time. In every other build neither the names nor the code
/// exist.
package struct CrashPoint: Sendable {
    /// A model's answer was accepted; neither its cost nor the answer is recorded.
    package static var modelAnswered: CrashPoint { CrashPoint("model_answered") }
    /// A handler came to its end; its outcome is not recorded.
    package static var handlerFinished: CrashPoint { CrashPoint("handler_finished") }
    /// The receiver of an effect has answered; that is not recorded.
    package static var effectSent: CrashPoint { CrashPoint("effect_sent") }

    #if CrashPoints
        let name: String

        init(_ name: String) {
            self.name = name
        }

        /// Says that the process is at this point.
        package static func reached(_ point: CrashPoint?) {
            guard let point, let plan = CrashPlan.ofEnvironment, plan.isDue(at: point.name) else { return }
            kill(getpid(), SIGKILL)
        }
    #else
        init(_ name: StaticString) {}

        /// Does nothing in this build.
        @inline(__always)
        package static func reached(_ point: CrashPoint?) {}
    #endif
}
