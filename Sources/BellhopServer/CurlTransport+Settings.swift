import BellhopConfiguration
import HTTPTransport
import ModelClient
import Workers

extension CurlTransport.Configuration {
    /// Requests for prices and costs, and posted alerts.
    private static let others = 16

    /// Room for all requests that are sent at once: one that waits for a connection waits on its own time.
    init(_ settings: Settings) {
        self.init()
        let models = settings.models.limits.concurrency
        maxConnectionsPerHost = max(maxConnectionsPerHost, models + Self.others)
        maxConnections = max(maxConnections, models + EffectRunner.Configuration().claiming.concurrency + Self.others)
    }
}
