extension CurlTransport {
    /// How many connections a transport may use. Requests beyond that wait their turn, within their own limits.
    public struct Configuration: Sendable, Hashable {
        /// Most requests at once to one scheme, host and port; at least 1.
        public var maxConnectionsPerHost: Int
        /// Most requests at once, and most connections kept open; at least 1.
        public var maxConnections: Int
        /// Most request handles kept for the next request; they save the set-up of a new one.
        public var idleHandles: Int

        public init(maxConnectionsPerHost: Int = 64, maxConnections: Int = 256, idleHandles: Int = 64) {
            self.maxConnectionsPerHost = max(1, maxConnectionsPerHost)
            self.maxConnections = max(1, maxConnections)
            self.idleHandles = max(0, idleHandles)
        }
    }
}
