import BellhopConfiguration
import Listener

extension DoorConfiguration {
    init(_ server: Settings.Server, secrets: [SenderSecret]) {
        self.init(
            host: server.host, port: server.port, secrets: secrets, limits: DoorLimits(server.limits),
            trustedProxies: server.trustedProxies.map { TrustedProxies($0) } ?? .loopback)
    }
}

extension DoorLimits {
    init(_ limits: Settings.Server.Limits) {
        self.init()
        connections = limits.connections
        perAddress = limits.perAddress
        bodyBytes = limits.body
        bytesInFlight = limits.bodies
        headerBytes = limits.headers
        headerFields = limits.headerCount
    }
}
