extension ModelClientError {
    /// The error with which a call ends that found no answer.
    init(_ ending: CallProgress.Ending, deadline: Duration, attempts: [Attempt]) {
        switch ending {
        case .exhausted:
            self.init(
                .chainExhausted,
                "no model gave an accepted answer (\(Self.summary(of: attempts))): ask again later or add fallbacks",
                attempts: attempts)
        case .mustWait(let wait):
            self.init(
                .mustWait, "the providers want no requests for now: ask again in \(wait)", attempts: attempts,
                retryAfter: wait)
        case .deadline:
            self.init(
                .deadlineExceeded,
                "no accepted answer within \(deadline) (\(Self.summary(of: attempts))): allow more time",
                attempts: attempts)
        case .stopped(let signal):
            self.init(
                .stopped,
                "\(signal.kind.rawValue) (\(signal.reason)), which no other model can mend: change the request, or the "
                    + "model's entry in the configuration",
                attempts: attempts)
        }
    }

    private static func summary(of attempts: [Attempt]) -> String {
        guard !attempts.isEmpty else { return "none was asked" }
        return attempts.map { "\($0.model): \($0.failure?.kind.rawValue ?? "answered")" }.joined(separator: ", ")
    }
}
