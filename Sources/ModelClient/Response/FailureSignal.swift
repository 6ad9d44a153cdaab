/// A failed request and all that it says about what to do next.
struct FailureSignal: Error, Equatable {
    var kind: FailureKind
    /// Made of status codes and words known beforehand: a server's own text may quote the prompt.
    var reason: String
    /// How long the provider asks to wait.
    var retryAfter: Duration?
    /// Whether the provider itself says that the same request may be repeated.
    var isRetryable: Bool?
    /// Whether key or account are at fault, so that other models of the provider would fail as well.
    var concernsProvider = false
    /// Whether the server has too much to do, so that asking again at once would make it worse.
    var isOverload = false
    /// What telling the model about its poor answer adds to the worst case of the request; `nil` when there is nothing
    /// to tell.
    var correctionCost: USD?

    init(_ kind: FailureKind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    var failure: Attempt.Failure {
        Attempt.Failure(kind, reason)
    }

    /// How long the model is to be left alone: a hint that came with a failure which a wait can mend.
    var rest: Duration? {
        guard [.rateLimited, .quotaExceeded, .unavailable].contains(kind), let retryAfter, retryAfter > .zero else {
            return nil
        }
        return retryAfter
    }
}
