import Foundation
import HTTPCore
import Synchronization

/// Carries a streamed body from the curl thread to its reader, and holds the server up while the reader is behind.
final class BodyPipe: Sendable {
    fileprivate struct State {
        /// What has come and has not been read.
        var unread = Data()
        /// A part has been put off: whoever reads next has libcurl go on.
        var isPaused = false
        /// How the body has ended, once it has.
        var end: Result<Void, any Error>?
        /// Waits for the next part. Only while `unread` is empty and the end has not come.
        var reader: CheckedContinuation<Data?, any Error>?
    }

    private let ticket: Ticket
    private let mailbox: Mailbox
    private let maxUnread: Int
    private let state = Mutex(State())

    /// - Parameter maxUnread: bytes that wait for the reader; a single part may be larger.
    init(_ ticket: Ticket, over mailbox: Mailbox, maxUnread: Int) {
        self.ticket = ticket
        self.mailbox = mailbox
        self.maxUnread = maxUnread
    }
}

// MARK: - For the curl thread

extension BodyPipe {
    /// Takes a part on its way to the reader.
    ///
    /// - Returns: `false` when the reader is too far behind. The mailbox tells when it is worth another try.
    func take(_ part: UnsafeRawBufferPointer) -> Bool {
        let (isTaken, reader) = state.withLock { state -> (Bool, CheckedContinuation<Data?, any Error>?) in
            if let reader = state.reader.take() { return (true, reader) }
            guard state.unread.isEmpty || part.count <= maxUnread - state.unread.count else {
                state.isPaused = true
                return (false, nil)
            }
            unsafe state.unread.append(contentsOf: part)
            return (true, nil)
        }
        reader?.resume(returning: unsafe Data(part))
        return isTaken
    }

    /// Nothing more comes. Once; the reader still gets what has come.
    func finish(_ end: Result<Void, any Error>) {
        let reader = state.withLock { state in
            state.end = end
            return state.reader.take()
        }
        reader?.resume(with: end.map { nil })
    }
}

// MARK: - For the reader

extension BodyPipe {
    /// The next part, `nil` at the end. For one reader at a time.
    func next() async throws -> Data? {
        if let answer = answer() { return try answer.get() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reader in
                if let answer = answer(orLaterTo: reader) { reader.resume(with: answer) }
            }
        } onCancel: {
            // The curl thread ends the transfer, and with it the wait.
            mailbox.cancel(ticket)
        }
    }

    /// Nobody reads any more: ends the exchange if it still goes on.
    func abandon() {
        guard state.withLock({ $0.end == nil }) else { return }
        mailbox.cancel(ticket)
    }

    /// What can be had without waiting. When that is nothing, whoever waits gets what comes.
    private func answer(
        orLaterTo reader: CheckedContinuation<Data?, any Error>? = nil
    ) -> Result<Data?, any Error>? {
        let (answer, wasPaused) = state.withLock { state in
            let (answer, wasPaused) = state.answer()
            if answer == nil { state.reader = reader }
            return (answer, wasPaused)
        }
        if wasPaused { mailbox.unpause(ticket) }
        return answer
    }
}

extension BodyPipe.State {
    /// Takes out all that has come, or the end.
    ///
    /// - Returns: `nil` when there is nothing yet; and whether libcurl has to be told to go on.
    mutating func answer() -> (Result<Data?, any Error>?, wasPaused: Bool) {
        guard !unread.isEmpty else { return (end?.map { nil }, false) }
        defer {
            unread = Data()
            isPaused = false
        }
        return (.success(unread), isPaused && end == nil)
    }
}
