package import Addresses
package import InboxCore
package import ModelClient

/// Everything that `bellhop.yaml` says. The secrets that it names are not in it, until ``withSecrets(of:)``.
package struct Settings: Sendable {
    package var server = Server()
    package var secrets: [SecretSource] = []
    package var models: ModelClientConfiguration
    /// The environment variables that hold the providers' keys, by provider.
    package var keyVariables: [String: String] = [:]
    package var events = Events()
    package var inbox = Inbox()
    package var alerts = Alerts()
    package var prices = Prices()
    /// Where effects are posted to, by name.
    package var destinations: [String: Destination] = [:]
    package var retention = RetentionRules()
    /// What can be used but is probably not meant.
    package var warnings: [ConfigurationWarning] = []

    /// The file, and where everything stands in it.
    var file = "bellhop.yaml"
    var lines = LineMap()

    package init(models: ModelClientConfiguration) {
        self.models = models
    }

    /// Where the server listens and keeps its data.
    package struct Server: Sendable, Hashable {
        package var host = "127.0.0.1"
        package var port = 8080
        package var adminPort = 8081
        package var dataFolder = "data"
        /// Jobs under way at once.
        package var concurrency = 16
        /// The proxies whose `X-Forwarded-For` is believed; `nil` for those on this machine.
        package var trustedProxies: [AddressRange]?
        package var limits = Limits()

        package init() {}

        /// What the public door bears, where the file says so; elsewhere the door has its own limits.
        package struct Limits: Sendable, Hashable {
            /// Connections open at once.
            package var connections: Int?
            /// Connections, or requests behind a trusted proxy, of one address at once.
            package var perAddress: Int?
            /// Bytes of one body.
            package var body: Int?
            /// Bytes of all bodies held at once.
            package var bodies: Int?
            /// Bytes of a request that are not its body.
            package var headers: Int?
            /// Headers of a request.
            package var headerCount: Int?
            /// How long a connection may stay open between two requests.
            package var idle: Duration?

            package init() {}
        }
    }

    /// A signing secret, by the environment variable that holds it.
    package struct SecretSource: Sendable, Hashable {
        package var id: String
        package var variable: String
        /// The shops it may speak for; `nil` for any.
        package var shops: [String]?

        package init(id: String, variable: String, shops: [String]? = nil) {
            self.id = id
            self.variable = variable
            self.shops = shops
        }
    }

    /// What the work on one event may take.
    package struct Events: Sendable, Hashable {
        /// Failed attempts after which an event is dead.
        package var maxAttempts = 8
        package var deadline: Duration = .seconds(300)
        /// Tokens of one answer.
        package var maxTokens = 1000
        /// So many events that fail alike in a row pause their handler; 0 for never.
        package var pauseAfter = 5
    }

    /// How much of the machine the inbox leaves alone.
    package struct Inbox: Sendable, Hashable {
        /// Bytes of the disk that are kept for finishing what was taken in; 0 keeps none.
        package var minFreeDisk = 256 << 20
    }

    /// Who is told when something needs a person.
    package struct Alerts: Sendable, Hashable {
        /// `nil` for nobody.
        package var slack: Slack?

        /// A channel's incoming webhook.
        package struct Slack: Sendable, Hashable {
            /// The environment variable that holds the URL.
            package var variable: String
            /// `nil` before ``Settings/withSecrets(of:)``.
            package var url: Secret?
        }
    }

    /// A receiver of signed posts.
    package struct Destination: Sendable, Hashable {
        /// `https`, or `http` to this machine.
        package var url: String
        /// The environment variable that holds the signing secret, several with commas during a rotation.
        package var secretVariable: String
        /// Newest first; none while the variable is not set, and before ``Settings/withSecrets(of:)``.
        package var secrets: [Secret] = []
        package var repetition = Repetition.idempotent
        /// Where to ask about an effect; holds `{key}`.
        package var askURL: String?
        package var requestsPerMinute: Int?
        package var concurrency = 4
        package var timeout = Duration.seconds(15)
        /// Attempts after which an effect is given up.
        package var maxAttempts = 20

        package init(url: String, secretVariable: String) {
            self.url = url
            self.secretVariable = secretVariable
        }
    }

    package struct Prices: Sendable, Hashable {
        /// How often the providers' price lists are read; `nil` for never.
        package var refresh: Duration?
    }

    /// The names of the keys' environment variables and the keys, as the process has them.
    package typealias Environment = [String: String]
}
