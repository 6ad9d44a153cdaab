extension ModelClientError {
    /// The error with which a call ends that found no answer.
    init(_ ending: CallProgress.Ending, deadline: Duration, attempts: [Attempt], skipped: [Skip]) {
        switch ending {
        case .exhausted:
            self.init(
                .chainExhausted,
                "no model gave an accepted answer (\(Self.summary(of: attempts, skipped))): "
                    + Self.advice(attempts, skipped),
                attempts: attempts, skipped: skipped)
        case .mustWait(let wait):
            self.init(
                .mustWait, "the providers want no requests for now: ask again in \(wait.words)", attempts: attempts,
                skipped: skipped, retryAfter: wait)
        case .overBudget(let wait):
            self.init(
                .overBudget,
                "today's budget leaves no model to ask (\(Self.summary(of: attempts, skipped))): raise it, or ask again in "
                    + wait.words,
                attempts: attempts, skipped: skipped, retryAfter: wait)
        case .deadline:
            self.init(
                .deadlineExceeded,
                "no accepted answer within \(deadline.words) (\(Self.summary(of: attempts, skipped))): allow more time",
                attempts: attempts, skipped: skipped)
        case .stopped(let signal):
            self.init(
                .stopped,
                "\(signal.kind.rawValue) (\(signal.reason)), which no other model can mend: change the request, or the "
                    + "model's entry in the configuration",
                attempts: attempts, skipped: skipped)
        }
    }

    /// The error of a call whose spending could not be recorded.
    static func unrecorded(attempts: [Attempt], skipped: [Skip]) -> ModelClientError {
        ModelClientError(
            .unrecorded, "the spending cannot be recorded, so nothing was sent: check the disk that holds the ledger",
            attempts: attempts, skipped: skipped, retryAfter: .seconds(30))
    }

    private static func summary(of attempts: [Attempt], _ skipped: [Skip]) -> String {
        guard !attempts.isEmpty || !skipped.isEmpty else { return "none was asked" }
        let asked = attempts.map { "\($0.model): \($0.failure?.kind.rawValue ?? "answered")" }
        let passed = skipped.map { "\($0.model): \($0.reason.rawValue)" }
        return counted(asked + passed).joined(separator: ", ")
    }

    /// Each once, with how often it was there.
    private static func counted(_ words: [String]) -> [String] {
        let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }.map { word in
            switch counts[word, default: 1] {
            case 1: word
            case 2: "\(word) twice"
            case let count: "\(word) \(count) times"
            }
        }
    }

    private static func advice(_ attempts: [Attempt], _ skipped: [Skip]) -> String {
        let isClosed =
            attempts.contains { $0.failure?.kind == .authentication || $0.failure?.kind == .quotaExceeded }
            || skipped.contains { $0.reason == .providerClosed }
        return isClosed ? "check the provider's key and credit" : "ask again later or add fallbacks"
    }
}
