public import Vocabulary

/// One request to one model.
public struct Attempt: Sendable, Hashable {
    /// The configured name of the model.
    public var model: String
    public var occasion: Occasion
    /// The HTTP status; `nil` when no response came.
    public var status: Int?
    public var elapsed: Duration
    public var usage: Usage?
    public var cost: Cost
    /// For a request of unknown cost the most that it can have cost; `nil` when a price is not known.
    public var worstCase: USD?
    /// The provider's id of the answer, by which it tells the cost later.
    public var generationID: String?
    /// Why the call did not end here; `nil` for the accepted answer.
    public var failure: Failure?

    /// Why the request was sent.
    public enum Occasion: String, Sendable, Hashable, Codable {
        case first
        /// The same model again.
        case retry
        /// The next model of the chain.
        case fallback
        /// The same model, told what was wrong with its answer.
        case correction
    }

    public struct Failure: Error, Sendable, Hashable {
        public var kind: FailureKind
        /// A short reason without anything from prompt, answer or key.
        public var reason: String

        public init(_ kind: FailureKind, _ reason: String) {
            self.kind = kind
            self.reason = reason
        }
    }

    public init(
        model: String, occasion: Occasion = .first, status: Int?, elapsed: Duration, usage: Usage? = nil, cost: Cost,
        worstCase: USD? = nil, generationID: String? = nil, failure: Failure? = nil
    ) {
        self.model = model
        self.occasion = occasion
        self.status = status
        self.elapsed = elapsed
        self.usage = usage
        self.cost = cost
        self.worstCase = worstCase
        self.generationID = generationID
        self.failure = failure
    }

    /// What the request counts against a limit: one of unknown cost counts as its worst case.
    public var charged: USD {
        cost.charged(worstCase: worstCase)
    }

    /// Whether sending the same request again may pay twice.
    public var replaySafety: ReplaySafety {
        switch cost {
        case .none: failure?.kind == .notConnected ? .notSent : .refusedUnbilled
        case .unknown: .maybeBilled
        case .billed, .estimated: .billed
        }
    }
}

/// What a request may have cost already, and so what its repetition risks.
public enum ReplaySafety: String, Sendable, Hashable, Codable {
    /// Nothing reached the server.
    case notSent = "not_sent"
    /// The server refused it before any work.
    case refusedUnbilled = "refused_unbilled"
    /// It may have been paid for; nobody knows yet.
    case maybeBilled = "maybe_billed"
    case billed
}

/// What a request cost. Unknown is not zero.
public enum Cost: Sendable, Hashable {
    /// As the provider charged it.
    case billed(USD)
    /// Tokens times list price.
    case estimated(USD)
    /// Nothing was charged: the request was not sent, or was refused before any work.
    case none
    case unknown

    /// The amount, or `nil` when unknown.
    public var amount: USD? {
        switch self {
        case .billed(let amount), .estimated(let amount): amount
        case .none: .zero
        case .unknown: nil
        }
    }

    func charged(worstCase: USD?) -> USD {
        amount ?? worstCase ?? .zero
    }
}
