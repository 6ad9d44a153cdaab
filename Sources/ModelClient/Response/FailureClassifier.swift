import HTTPCore

/// Tells from a status and an error body what kind of failure it was (OpenRouter's docs, "Errors and
/// Debugging", August 2026).
struct FailureClassifier {
    let status: Int
    let error: ErrorBody?

    /// The failure without a hint about when to ask again.
    var signal: FailureSignal {
        let word = error?.words.first { ProblemWords.kinds[$0] != nil }
        var kind = refined(word.flatMap { ProblemWords.kinds[$0] } ?? kindOfStatus, word: word)
        // Who says that the same request may be repeated knows the model, and lacks it for the moment.
        if kind == .unknownModel, error?.isRetryable == true { kind = .unavailable }
        var signal = FailureSignal(kind, reason(word: word))
        signal.isRetryable = error?.isRetryable
        signal.isOverload = isOverload(word: word)
        signal.concernsProvider = concernsProvider(kind)
        return signal
    }

    /// The status inside the body speaks only where that of the response says nothing.
    private var effectiveStatus: Int {
        status >= 400 ? status : error?.status ?? status
    }

    private var kindOfStatus: FailureKind {
        switch effectiveStatus {
        case 401: .authentication
        case 402: .quotaExceeded
        // Without an error that can be read, a proxy on the way speaks, and knows of neither keys nor models.
        case 403: error == nil ? .unavailable : .authentication
        case 404: error == nil ? .unavailable : .unknownModel
        case 410: .unknownModel
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
    private func refined(_ kind: FailureKind, word: String?) -> FailureKind {
        switch kind {
        case .rateLimited where word != "capacity_exhausted":
            mentions(ProblemWords.usedUpQuota) || mentions(ProblemWords.dailyQuota) ? .quotaExceeded : kind
        case .authentication where effectiveStatus == 403:
            forbidden
        case .unknownModel where !ProblemWords.goneModels.contains(word ?? ""):
            isConstrained ? constraint : kind
        case .constrained:
            constraint
        case .unavailable
        where effectiveStatus == 503 && error?.isRetryable != true && word != "temporarily_unavailable":
            isConstrained ? constraint : kind
        case .invalidRequest:
            invalid
        default:
            kind
        }
    }

    /// A budget, a moderation, or really no permission. Moderation is known by its metadata, whatever its words.
    private var forbidden: FailureKind {
        if error?.isModeration == true { return .refused }
        if mentions(ProblemWords.budget) { return .quotaExceeded }
        if mentions(ProblemWords.moderation) { return .refused }
        return isConstrained ? constraint : .authentication
    }

    private var invalid: FailureKind {
        if mentions(ProblemWords.contextLength) { return .contextTooLong }
        if mentions(ProblemWords.unknownModel) { return .unknownModel }
        if mentions(ProblemWords.usedUpQuota) { return .quotaExceeded }
        return error?.isModeration == true || mentions(ProblemWords.moderation) ? .refused : .invalidRequest
    }

    /// Whether it is the request's own price, privacy or parameters for which nobody serves the model.
    private var isConstrained: Bool {
        error?.excludedBy.isEmpty == false || mentions(ProblemWords.constraints)
    }

    /// A prompt that is too long for every endpoint is a constraint too, but one that a larger model satisfies.
    private var constraint: FailureKind {
        error.map { Set($0.excludedBy) == ["context_length"] } == true ? .contextTooLong : .constrained
    }

    private func isOverload(word: String?) -> Bool {
        effectiveStatus == 529 || word.map(ProblemWords.overload.contains) ?? false
            || effectiveStatus == 503 && mentions(ProblemWords.busy)
    }

    /// A daily quota is that of a model, as a rule of a free one; credit and keys are those of the account.
    private func concernsProvider(_ kind: FailureKind) -> Bool {
        switch kind {
        case .authentication: true
        case .quotaExceeded: effectiveStatus != 429 || mentions(ProblemWords.usedUpQuota)
        default: false
        }
    }

    private func mentions(_ phrases: [String]) -> Bool {
        guard let error else { return false }
        return phrases.contains { phrase in error.text.contains(phrase) || error.words.contains(phrase) }
    }

    /// Only words known beforehand: a server's own may quote the prompt.
    private func reason(word: String?) -> String {
        let inside =
            status < 400 ? error.map { error in "error \(error.status.map(String.init) ?? "without code")" } : nil
        let constraints = ProblemWords.exclusions.filter { error?.excludedBy.contains($0) ?? false }
        let excluded = constraints.isEmpty ? nil : "excluded by \(constraints.joined(separator: " and "))"
        return ["HTTP \(status)", inside, word, excluded].compactMap { $0 }.joined(separator: ", ")
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
