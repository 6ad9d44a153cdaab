/// Why a call brought no accepted answer.
public struct ModelClientError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable {
        /// Every model of the chain was tried or skipped.
        case chainExhausted = "chain_exhausted"
        /// The providers ask to wait longer than the deadline allows; see ``retryAfter``.
        case mustWait = "must_wait"
        /// The deadline passed.
        case deadlineExceeded = "deadline_exceeded"
        /// Something that no other model can mend: a wrong request or configuration.
        case stopped
    }

    public var code: Code
    /// What failed and what to do about it, without anything from prompt, answer or key.
    public var message: String
    /// Every request of the call in order, each with its own failure.
    public var attempts: [Attempt]
    /// How long the provider asked to wait, for `.mustWait`.
    public var retryAfter: Duration?

    public init(_ code: Code, _ message: String, attempts: [Attempt], retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.attempts = attempts
        self.retryAfter = retryAfter
    }

    public var description: String {
        "\(code.rawValue): \(message)"
    }
}
