import Addresses
import BellhopConfiguration
import Listener
import Testing

@testable import BellhopServer

@Suite struct DoorConfigurationTests {
    @Test func `without a word in the file the door has its own limits, and trusts this machine`() {
        let configuration = DoorConfiguration(Settings.Server(), secrets: [])
        #expect(configuration.limits == DoorLimits())
        #expect(configuration.trustedProxies == .loopback)
    }

    @Test func `what the file says is what the door bears and whom it believes`() {
        var server = Settings.Server()
        server.limits.connections = 1
        server.limits.perAddress = 2
        server.limits.body = 3
        server.limits.bodies = 4
        server.limits.headers = 5
        server.limits.headerCount = 6
        server.limits.idle = .seconds(7)
        server.trustedProxies = []
        let configuration = DoorConfiguration(server, secrets: [])
        var limits = DoorLimits()
        limits.connections = 1
        limits.perAddress = 2
        limits.bodyBytes = 3
        limits.bytesInFlight = 4
        limits.headerBytes = 5
        limits.headerFields = 6
        limits.idleTime = .seconds(7)
        #expect(configuration.limits == limits)
        #expect(configuration.trustedProxies == TrustedProxies([]))
    }
}
