import HTTPCore
import Synchronization

/// The one place where other threads and the curl thread meet.
final class Mailbox: Sendable {
    /// What has come in since the thread looked last.
    struct Contents {
        var submissions: [Submission] = []
        var cancellations: [Ticket] = []
        var unpauses: [Ticket] = []
        var isClosing = false
    }

    private struct State {
        var contents = Contents()
        /// Wakes the thread up. Not there before the thread runs, nor after.
        var alarm: Alarm?
        /// The thread has been woken and has not looked yet: once is enough.
        var isRung = false
        var hasEnded = false
        var closeWaiters: [CheckedContinuation<Void, Never>] = []

        mutating func ring() {
            guard !isRung, let alarm else { return }
            isRung = true
            // Under the lock, so that the alarm cannot be taken away meanwhile. It writes a byte and never waits.
            alarm.ring()
        }
    }

    private let state = Mutex(State())

    /// Hands a request over. After ``close()`` it fails at once.
    func submit(_ submission: Submission) {
        let isAccepted = state.withLock { state in
            guard !state.contents.isClosing else { return false }
            state.contents.submissions.append(submission)
            state.ring()
            return true
        }
        if !isAccepted { submission.receiver.fail(TransportError.closed) }
    }

    /// Asks for the end of a request. It is no fault when that has ended or not come in yet.
    func cancel(_ ticket: Ticket) {
        ticket.cancel()
        state.withLock { state in
            guard !state.hasEnded else { return }
            state.contents.cancellations.append(ticket)
            state.ring()
        }
    }

    /// The reader of a stream has caught up. It is no fault when that has ended.
    func unpause(_ ticket: Ticket) {
        state.withLock { state in
            guard !state.hasEnded else { return }
            state.contents.unpauses.append(ticket)
            state.ring()
        }
    }

    /// Asks the thread to end.
    func close() {
        state.withLock { state in
            state.contents.isClosing = true
            state.ring()
        }
    }

    /// Asks the thread to end, and resumes when it has.
    func close(then waiter: CheckedContinuation<Void, Never>) {
        let hasEnded = state.withLock { state in
            guard !state.hasEnded else { return true }
            state.closeWaiters.append(waiter)
            state.contents.isClosing = true
            state.ring()
            return false
        }
        if hasEnded { waiter.resume() }
    }
}

// MARK: - For the curl thread

extension Mailbox {
    /// From now on, whoever posts wakes the thread.
    func attach(_ alarm: Alarm) {
        state.withLock { $0.alarm = alarm }
    }

    /// No alarm is rung after this. Before the handle that it belongs to goes.
    func detach() {
        state.withLock { $0.alarm = nil }
    }

    /// Takes everything out.
    func empty() -> Contents {
        state.withLock { state in
            state.isRung = false
            let contents = state.contents
            state.contents = Contents(isClosing: contents.isClosing)
            return contents
        }
    }

    /// The thread's last act: lets those go who wait for its end.
    func end() {
        let waiters = state.withLock { state in
            state.hasEnded = true
            defer { state.closeWaiters = [] }
            return state.closeWaiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

extension TransportError {
    static let closed = TransportError(.closed, "the transport has been closed", mayHaveBeenSent: false)
}
