extension CurlTransport {
    /// How much a transport may use. Requests beyond the connections wait their turn, within their own limits.
    public struct Configuration: Sendable, Hashable {
        /// Most requests at once to one scheme, host and port; at least 1.
        public var maxConnectionsPerHost: Int
        /// Most requests at once, and most connections kept open; at least 1.
        public var maxConnections: Int
        /// Most request handles kept for the next request; they save the set-up of a new one.
        public var idleHandles: Int
        /// Most bytes of a streamed body that wait for a reader who is behind, give or take what libcurl reads at once;
        /// with more to come the server has to wait.
        public var maxUnreadBytes: Int

        public init(
            maxConnectionsPerHost: Int = 64, maxConnections: Int = 256, idleHandles: Int = 64,
            maxUnreadBytes: Int = 256 << 10
        ) {
            self.maxConnectionsPerHost = max(1, maxConnectionsPerHost)
            self.maxConnections = max(1, maxConnections)
            self.idleHandles = max(0, idleHandles)
            self.maxUnreadBytes = max(0, maxUnreadBytes)
        }
    }
}
