import Synchronization

/// The setup that events are handled with now. Who handles one takes it once and keeps it to the event's end, so that
/// no event sees two.
package final class LiveSetup: Sendable {
    private let setup: Mutex<Setup>

    package init(_ setup: Setup) {
        self.setup = Mutex(setup)
    }

    package var current: Setup {
        setup.withLock { $0 }
    }

    package func replace(with setup: Setup) {
        self.setup.withLock { $0 = setup }
    }
}
