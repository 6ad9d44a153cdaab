import BellhopConfiguration
import HTTPTransport
import ModelClient

extension CurlTransport.Configuration {
    /// Requests for prices and costs, and posted alerts.
    private static let others = 16

    /// Room for all requests that the settings allow at once: one that waits for a connection waits on its own time.
    init(_ settings: Settings) {
        let models = settings.models.limits.concurrency
        let destinations = settings.destinations.values.map(\.concurrency)
        self.init()
        maxConnectionsPerHost = max(maxConnectionsPerHost, max(models, destinations.max() ?? 0) + Self.others)
        maxConnections = max(maxConnections, models + destinations.reduce(0, +) + Self.others)
    }
}
