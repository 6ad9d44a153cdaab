/// Where the public door listens, whom it trusts, and how much it bears.
package struct DoorConfiguration: Sendable {
    package var host: String
    /// 0 takes a free port.
    package var port: Int
    package var secrets: [SenderSecret]
    package var limits: DoorLimits
    package var trustedProxies: TrustedProxies

    package init(
        host: String = "127.0.0.1", port: Int = 8080, secrets: [SenderSecret], limits: DoorLimits = DoorLimits(),
        trustedProxies: TrustedProxies = .loopback
    ) {
        self.host = host
        self.port = port
        self.secrets = secrets
        self.limits = limits
        self.trustedProxies = trustedProxies
    }
}

/// What one request, one connection and all of them together may take.
package struct DoorLimits: Sendable, Hashable {
    /// Largest body, in bytes; beyond it 413.
    package var bodyBytes = 10 << 20
    /// Most bytes of a request that are not its body: request line, headers and trailers; beyond it 431.
    package var headerBytes = 32 << 10
    /// Most headers and trailers of a request; beyond it 431.
    package var headerFields = 100
    /// Bytes of bodies held at once, over all requests, but at least one of the largest; beyond it 503. See
    /// ``BodyBudget`` for the shares.
    package var bytesInFlight = 64 << 20
    /// Connections open at once; beyond it a new one is closed.
    package var connections = 4096
    /// Connections open at once from one address, or requests under way at once from one address behind a trusted
    /// proxy; beyond it a connection is closed, a request answered 503. An address of version 6 stands for its first 64
    /// bits.
    package var perAddress = 64
    /// Requests of one connection that may wait for their answers; what comes beyond them is not read yet.
    package var unansweredRequests = 16

    /// From the connection's opening, or a later request's first byte, to the end of its headers; beyond it 408.
    package var headerTime: Duration = .seconds(10)
    /// From the end of the headers to the end of the body, not counting when we do not read; beyond it 408.
    package var bodyTime: Duration = .seconds(30)
    /// Slowest rate at which a body may come in once the grace is over; below it 408. At least 1.
    package var bodyBytesPerSecond = 1024
    /// How long a body may come in at any rate, and how long it may pause, however fast it was.
    package var bodyGrace: Duration = .seconds(5)
    /// From the end of a request's headers to our answer, or from the end of a body that took longer; beyond it 503.
    /// Shopify gives up after 5 seconds for all of it.
    package var answerTime: Duration = .milliseconds(4500)
    /// How long a connection may stay open between two requests. Longer than proxies keep theirs to us, 60 or 90
    /// seconds mostly: else one would send a webhook on a connection that is being closed, and a POST is not repeated.
    package var idleTime: Duration = .seconds(120)

    package init() {}
}
