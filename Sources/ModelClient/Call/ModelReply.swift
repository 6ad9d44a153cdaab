public import Vocabulary

/// An accepted answer and how it came about.
public struct ModelReply: Sendable {
    public var content: Content
    /// The configured name of the model that answered.
    public var model: String
    public var isFallback: Bool
    /// Every request of the call in order; the last one gave the answer.
    public var attempts: [Attempt]

    public enum Content: Sendable, Hashable {
        case text(String)
        case json(JSONValue)
    }

    public init(content: Content, model: String, isFallback: Bool, attempts: [Attempt]) {
        self.content = content
        self.model = model
        self.isFallback = isFallback
        self.attempts = attempts
    }
}

/// One request to one model.
public struct Attempt: Sendable, Hashable {
    /// The configured name of the model.
    public var model: String
    /// The HTTP status; `nil` when no response came.
    public var status: Int?
    public var elapsed: Duration
    public var usage: Usage?
    public var cost: Cost
    /// For a request of unknown cost the most that it can have cost; `nil` when a price is not known.
    public var worstCase: USD?
    /// Why the call did not end here; `nil` for the accepted answer.
    public var failure: Failure?

    public init(
        model: String, status: Int?, elapsed: Duration, usage: Usage? = nil, cost: Cost, worstCase: USD? = nil,
        failure: Failure? = nil
    ) {
        self.model = model
        self.status = status
        self.elapsed = elapsed
        self.usage = usage
        self.cost = cost
        self.worstCase = worstCase
        self.failure = failure
    }

    /// What the request counts against a limit: one of unknown cost counts as its worst case.
    public var charged: USD {
        cost.charged(worstCase: worstCase)
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
}

/// Tokens as the provider counted them.
public struct Usage: Sendable, Hashable {
    public var promptTokens: Int
    public var completionTokens: Int

    public init(promptTokens: Int, completionTokens: Int) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
    }
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
