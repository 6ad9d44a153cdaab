import HTTPCore

/// Tells from a status and an error body what kind of failure it was (OpenRouter's docs, "Errors and
/// Debugging", August 2026).
struct FailureClassifier {
    let status: Int
    let error: ErrorBody?

    /// The failure without a hint about when to ask again.
    var signal: FailureSignal {
        let word = error?.words.first { ProblemWords.kinds[$0] != nil }
        let named = word.flatMap { ProblemWords.kinds[$0] }
        var signal = FailureSignal(refined(named ?? kindOfStatus), reason(word: word))
        signal.isRetryable = error?.isRetryable
        signal.isOverload = effectiveStatus == 529 || word.map(ProblemWords.overload.contains) ?? false
        signal.concernsProvider = concernsProvider(signal.kind)
        return signal
    }

    /// The status inside the body speaks only where that of the response says nothing.
    private var effectiveStatus: Int {
        status >= 400 ? status : error?.status ?? status
    }

    private var kindOfStatus: FailureKind {
        switch effectiveStatus {
        case 401, 403: .authentication
        case 402: .quotaExceeded
        case 404, 410: .unknownModel
        case 413: .contextTooLong
        case 429: .rateLimited
        case 504, 524: .timeout
        case 408, 500...599: .unavailable
        case 400...499: .invalidRequest
        // An error in a good response without a status: something behind the server broke.
        case 200...299: .unavailable
        case 300...399: .malformedResponse
        default: .unavailable
        }
    }

    /// Statuses lump together what must be told apart; the words of the message say more.
    private func refined(_ kind: FailureKind) -> FailureKind {
        switch kind {
        case .rateLimited where mentions(ProblemWords.dailyQuota) || mentions(ProblemWords.usedUpQuota):
            .quotaExceeded
        case .authentication where effectiveStatus == 403:
            if mentions(ProblemWords.budget) {
                .quotaExceeded
            } else {
                isModerated ? .refused : .authentication
            }
        case .invalidRequest:
            if mentions(ProblemWords.contextLength) {
                .contextTooLong
            } else if mentions(ProblemWords.unknownModel) {
                .unknownModel
            } else {
                isModerated ? .refused : .invalidRequest
            }
        default: kind
        }
    }

    /// A daily quota is that of a model, as a rule of a free one; credit and keys are those of the account.
    private func concernsProvider(_ kind: FailureKind) -> Bool {
        switch kind {
        case .authentication: true
        case .quotaExceeded: effectiveStatus != 429 || mentions(ProblemWords.usedUpQuota)
        default: false
        }
    }

    private var isModerated: Bool {
        error?.isModeration == true || mentions(ProblemWords.moderation)
    }

    private func mentions(_ phrases: [String]) -> Bool {
        guard let error else { return false }
        return phrases.contains { phrase in error.text.contains(phrase) || error.words.contains(phrase) }
    }

    private func reason(word: String?) -> String {
        let inside =
            status < 400 ? error.map { error in "error \(error.status.map(String.init) ?? "without code")" } : nil
        return ["HTTP \(status)", inside, word].compactMap { $0 }.joined(separator: ", ")
    }
}

extension FailureSignal {
    /// The failure behind a missing response.
    init(_ error: TransportError) {
        let kind: FailureKind =
            switch error.code {
            case .invalidRequest: .invalidRequest
            case .responseTooLarge: .malformedResponse
            case .nameNotResolved, .notConnected, .tls, .timeout, .connectionLost, .closed, .other:
                error.mayHaveBeenSent ? .timeout : .notConnected
            }
        self.init(kind, "no response, \(error.code.rawValue)")
        if error.code == .closed { isRetryable = false }
    }
}
