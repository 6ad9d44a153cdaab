import BellhopConfiguration
import Cryptography
import InboxCore
import ModelClient
import Workers

extension PostDestination {
    /// A destination as `bellhop.yaml` describes it.
    init(_ destination: Settings.Destination) {
        self.init(
            url: destination.url, secrets: destination.secrets.map { SigningSecret($0.value) },
            repetition: destination.repetition, askURL: destination.askURL,
            limits: LaneLimits(concurrency: destination.concurrency, perMinute: destination.requestsPerMinute),
            timeout: destination.timeout, policy: Self.policy(maxAttempts: destination.maxAttempts))
    }
}
