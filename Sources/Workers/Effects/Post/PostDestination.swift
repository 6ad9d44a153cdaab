package import Cryptography
package import InboxCore

/// Where posts go, and how.
package struct PostDestination: Sendable, Hashable {
    /// `https`, or `http` to this machine.
    package var url: String
    /// Newest first; each makes a signature of its own, so that the receiver can change over. With none nothing is
    /// sent.
    package var secrets: [SigningSecret]
    package var repetition: Repetition
    /// Where to ask about an effect: an address with `{key}` in it.
    package var askURL: String?
    package var limits: LaneLimits
    /// Longest time for one request.
    package var timeout: Duration
    package var policy: RetryPolicy

    package init(
        url: String, secrets: [SigningSecret], repetition: Repetition = .idempotent, askURL: String? = nil,
        limits: LaneLimits = LaneLimits(concurrency: 4), timeout: Duration = .seconds(15),
        policy: RetryPolicy = PostDestination.standardPolicy
    ) {
        self.url = url
        self.secrets = secrets
        self.repetition = repetition
        self.askURL = askURL
        self.limits = limits
        self.timeout = timeout
        self.policy = policy
    }

    /// Twenty attempts over five to ten hours.
    package static let standardPolicy = policy(maxAttempts: 20)

    package static func policy(maxAttempts: Int) -> RetryPolicy {
        RetryPolicy(maxAttempts: maxAttempts, base: .seconds(5), cap: .seconds(3600))
    }
}
