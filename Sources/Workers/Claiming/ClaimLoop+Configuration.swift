import InboxCore

extension ClaimLoop {
    package struct Configuration: Sendable, Hashable {
        /// What may be under way at once.
        package var concurrency: Int
        /// How long a claim lasts without a sign of life.
        package var lease: Duration
        /// The longest pause between two looks, should a signal be missed.
        package var poll: Duration

        package init(concurrency: Int, lease: Duration, poll: Duration = .seconds(5)) {
            self.concurrency = max(1, concurrency)
            self.lease = lease
            self.poll = poll
        }
    }

    /// What a look found.
    struct Batch: Sendable {
        /// One for each claim.
        var work: [@Sendable () async -> Void]
        /// Whether another look may find more at once.
        var mayHaveMore: Bool
    }

    /// What the log says.
    struct Words: Sendable {
        var cannotClaim: String
        /// Of what is then still under way.
        var drainIsOver: String
    }
}

extension Error {
    /// What may be logged of it: the inbox's own errors speak for themselves, of any other the type must do.
    var storeWords: String {
        (self as? InboxError)?.description ?? "\(type(of: self))"
    }
}
