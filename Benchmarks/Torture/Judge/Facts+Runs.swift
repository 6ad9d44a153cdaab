extension Facts {
    /// One life of the server.
    package struct ServerRun: Sendable, Hashable {
        package var fate: Fate
        package var ending: Ending
        /// Whether it took deliveries before it ended.
        package var wasReady: Bool
        /// The most resident memory, in KiB.
        package var peakKiB: Int
        /// Jobs and effects that were still under way in the database of a server that had ended by itself.
        package var leftInHand = 0

        package init(
            fate: Fate, ending: Ending, wasReady: Bool = true, peakKiB: Int = 0, leftInHand: Int = 0
        ) {
            self.leftInHand = leftInHand
            self.fate = fate
            self.ending = ending
            self.wasReady = wasReady
            self.peakKiB = peakKiB
        }
    }

    /// What was meant to end a server.
    package enum Fate: Sendable, Hashable {
        /// SIGKILL at a random moment.
        case anyMoment
        /// SIGKILL at a random moment before it was ready.
        case whileStarting
        /// Its own SIGKILL at a named point; ours when it did not come there in time.
        case point(String)
        /// SIGTERM, after which it ends by itself.
        case stopped
    }

    package enum Ending: Sendable, Hashable {
        /// By SIGKILL from outside.
        case killed
        /// By SIGKILL from within.
        case crashPoint
        case exited(Int)
        case signaled(Int)
    }
}
