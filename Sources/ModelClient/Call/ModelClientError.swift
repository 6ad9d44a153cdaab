/// Why a call brought no accepted answer.
public struct ModelClientError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable {
        /// Every model of the chain was tried or skipped.
        case chainExhausted = "chain_exhausted"
        /// The providers ask to wait longer than the deadline allows; see ``retryAfter``.
        case mustWait = "must_wait"
        /// The deadline passed.
        case deadlineExceeded = "deadline_exceeded"
        /// The ceiling of a budget leaves no model to ask; see ``retryAfter``.
        case overBudget = "over_budget"
        /// No model of the chain may see the data.
        case noModelAllowed = "no_model_allowed"
        /// The spending could not be recorded, so nothing was sent.
        case unrecorded
        /// Something that no other model can mend: a wrong request or configuration.
        case stopped
    }

    public var code: Code
    /// What failed and what to do about it, without anything from prompt, answer or key.
    public var message: String
    /// Every request of the call in order, each with its own failure.
    public var attempts: [Attempt]
    /// The models that were not asked, and why.
    public var skipped: [Skip]
    /// After how long the call may succeed: for `.mustWait`, `.overBudget` and `.unrecorded`.
    public var retryAfter: Duration?

    public init(
        _ code: Code, _ message: String, attempts: [Attempt], skipped: [Skip] = [], retryAfter: Duration? = nil
    ) {
        self.code = code
        self.message = message
        self.attempts = attempts
        self.skipped = skipped
        self.retryAfter = retryAfter
    }

    public var description: String {
        "\(code.rawValue): \(message)"
    }
}
