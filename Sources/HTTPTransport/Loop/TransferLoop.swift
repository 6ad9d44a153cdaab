import CCurl
import HTTPCore

/// Takes requests from a mailbox, performs them, and hands the outcomes back. Lives and dies on the curl thread.
///
/// A submission belongs to one place at a time: the mailbox, the line of those who wait, or `transfers`. Whoever takes
/// it out of there tells its receiver, so that is told exactly once.
final class TransferLoop {
    private let mailbox: Mailbox
    private let idleLimit: Int
    private let multi: MultiHandle
    private var admission: Admission
    private var transfers: [ObjectIdentifier: Transfer] = [:]
    private var idle: [EasyHandle] = []

    /// Longest time asleep in milliseconds. Nothing depends on it: whoever needs the thread wakes it.
    private static let longestWait: Int32 = 60_000

    init?(serving mailbox: Mailbox, configuration: CurlTransport.Configuration) {
        guard let multi = MultiHandle(maxConnections: configuration.maxConnections) else { return nil }
        self.multi = multi
        self.mailbox = mailbox
        idleLimit = configuration.idleHandles
        admission = Admission(
            maxPerOrigin: configuration.maxConnectionsPerHost, maxTotal: configuration.maxConnections)
    }

    /// Returns when the mailbox has been closed and every request has its outcome.
    func run() {
        mailbox.attach(multi.alarm)
        while true {
            let contents = mailbox.empty()
            for submission in contents.submissions { accept(submission) }
            for ticket in contents.cancellations { cancel(ticket) }
            for ticket in contents.unpauses { unpause(ticket) }
            if contents.isClosing { break }
            expire()
            if !advance() { giveUp() }
        }
        mailbox.detach()
        close()
    }

    // MARK: In

    private func accept(_ submission: Submission) {
        if submission.ticket.isCancelled {
            submission.receiver.fail(CancellationError())
        } else if admission.admit(submission) {
            start(submission)
        }
    }

    /// Starts a request that has been admitted, and when that fails the one after it.
    private func start(_ first: Submission) {
        var next: Submission? = first
        while let submission = next {
            do {
                try begin(submission)
                return
            } catch {
                next = admission.release(origin: submission.request.target.origin)
                submission.receiver.fail(error)
            }
        }
    }

    private func begin(_ submission: Submission) throws {
        let remaining = ContinuousClock.now.duration(to: submission.deadline)
        guard remaining > .zero else { throw TransportError.overdue }
        guard let easy = idle.popLast() ?? EasyHandle() else { throw TransportError.outOfMemory }
        let transfer = Transfer(submission, easy: easy)
        try easy.load(submission.request, for: transfer, remaining: remaining)
        guard multi.add(easy) else { throw TransportError.outOfMemory }
        transfers[submission.ticket.id] = transfer
    }

    // MARK: On

    /// Performs what can be performed, then waits.
    ///
    /// - Returns: `false` when libcurl is out of memory.
    private func advance() -> Bool {
        guard multi.perform() else { return false }
        while let (transfer, code) = multi.nextEnded() { end(transfer, with: transfer.outcome(code)) }
        return multi.wait(milliseconds: longestWait)
    }

    private func unpause(_ ticket: Ticket) {
        guard let transfer = transfers[ticket.id] else { return }
        let code = transfer.easy.unpause()
        if code != CURLE_OK { end(transfer, with: transfer.outcome(code)) }
    }

    private var longestWait: Int32 {
        guard let deadline = admission.earliestDeadline else { return Self.longestWait }
        return min(Self.longestWait, ContinuousClock.now.duration(to: deadline).roundedUpMilliseconds)
    }

    // MARK: Out

    /// Takes a transfer out and tells its receiver; its place and its handle go to the next.
    private func end(_ transfer: Transfer, with outcome: Result<RawResponse, any Error>) {
        transfers[transfer.submission.ticket.id] = nil
        multi.remove(transfer.easy)
        transfer.easy.clear()
        if idle.count < idleLimit { idle.append(transfer.easy) }
        if let next = admission.release(origin: transfer.submission.request.target.origin) { start(next) }
        transfer.finish(with: outcome)
    }

    private func cancel(_ ticket: Ticket) {
        if let transfer = transfers[ticket.id] {
            end(transfer, with: .failure(CancellationError()))
        } else if let submission = admission.withdraw(ticket) {
            submission.receiver.fail(CancellationError())
        }
    }

    /// Fails those whose time ran out while they waited for their turn.
    private func expire() {
        guard admission.earliestDeadline != nil else { return }
        for submission in admission.expire(at: .now) {
            submission.receiver.fail(TransportError.overdue)
        }
    }

    /// Fails what is running: without memory libcurl cannot say how it stands.
    private func giveUp() {
        for transfer in transfers.values {
            end(transfer, with: .failure(transfer.failure(.outOfMemory)))
        }
    }

    private func close() {
        for submission in admission.withdrawAll() {
            submission.receiver.fail(TransportError.closed)
        }
        for transfer in transfers.values {
            end(transfer, with: .failure(transfer.failure(.closed)))
        }
    }
}

extension TransportError {
    fileprivate static let overdue = TransportError(.timeout, "no turn within the total limit", mayHaveBeenSent: false)

    fileprivate static let outOfMemory = TransportError(.other, "libcurl is out of memory", mayHaveBeenSent: false)
}
