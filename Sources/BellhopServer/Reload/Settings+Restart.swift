import BellhopConfiguration
import HTTPTransport
import ModelClient

extension Settings {
    /// The keys in which these settings differ from those that the server was started with, and that it only reads
    /// when it starts.
    func needingRestart(since started: Settings) -> [String] {
        // What the transport was made for; more requests at once than that would wait on their own time.
        let room = CurlTransport.Configuration(started).maxConnectionsPerHost
        let differences: [(String, Bool)] = [
            ("server.host", server.host != started.server.host),
            ("server.port", server.port != started.server.port),
            ("server.admin_port", server.adminPort != started.server.adminPort),
            ("server.data", server.dataFolder != started.server.dataFolder),
            ("server.concurrency", server.concurrency != started.server.concurrency),
            ("inbox.min_free_disk", inbox.minFreeDisk != started.inbox.minFreeDisk),
            ("server.trusted_proxies", server.trustedProxies != started.server.trustedProxies),
            ("server.limits", server.limits != started.server.limits),
            ("secrets", secrets != started.secrets),
            ("alerts", alerts != started.alerts),
            ("prices", prices != started.prices),
            ("limits.concurrency", models.limits.concurrency > room),
        ]
        return differences.filter(\.1).map(\.0)
    }
}
