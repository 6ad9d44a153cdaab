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
    /// What the file does not say stays as the door has it.
    init(_ limits: Settings.Server.Limits) {
        self.init()
        if let value = limits.connections { connections = value }
        if let value = limits.perAddress { perAddress = value }
        if let value = limits.body { bodyBytes = value }
        if let value = limits.bodies { bytesInFlight = value }
        if let value = limits.headers { headerBytes = value }
        if let value = limits.headerCount { headerFields = value }
        if let value = limits.idle { idleTime = value }
    }
}
