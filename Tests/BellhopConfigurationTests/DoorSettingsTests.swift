import Addresses
import BellhopConfiguration
import Testing

@Suite struct DoorSettingsTests {
    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:9000/webhooks"), ("0.0.0.0", "http://127.0.0.1:9000/webhooks"),
        ("::", "http://127.0.0.1:9000/webhooks"), ("10.0.0.5", "http://10.0.0.5:9000/webhooks"),
        ("::1", "http://[::1]:9000/webhooks"),
    ])
    func `the door is reached from this machine`(host: String, url: String) {
        var server = Settings.Server()
        server.host = host
        server.port = 9000
        #expect(server.webhooksURL == url)
    }

    private func server(_ text: String) throws -> Settings.Server {
        let file = """
            providers: { local: { url: "http://127.0.0.1:11434/v1" } }
            models: { small: { provider: local } }
            routing: { default: small }
            server:
              \(text)
            """
        return try SettingsFile.read(text: file).server
    }

    @Test func `limits have units or none`() throws {
        let limits = try server(
            "limits: { connections: 100, per_address: 8, body: 2MiB, bodies: 1GiB, headers: 65_536, header_count: 200, "
                + "idle: 5m }"
        ).limits
        #expect(limits.connections == 100)
        #expect(limits.perAddress == 8)
        #expect(limits.body == 2 << 20)
        #expect(limits.bodies == 1 << 30)
        #expect(limits.headers == 64 << 10)
        #expect(limits.headerCount == 200)
        #expect(limits.idle == .seconds(300))
        #expect(try server("port: 1").limits == Settings.Server.Limits())
    }

    @Test func `proxies are addresses and ranges, or none`() throws {
        #expect(try server("port: 1").trustedProxies == nil)
        #expect(try server("trusted_proxies: []").trustedProxies == [])
        let proxies = try server(#"trusted_proxies: [10.0.0.0/8, "::1", 192.0.2.1]"#).trustedProxies
        #expect(proxies == ["10.0.0.0/8", "::1", "192.0.2.1"].compactMap { AddressRange($0) })
    }

    @Test(arguments: [
        ("trusted_proxies: [10.0.0.1/8]", "server.trusted_proxies[0]"),
        ("trusted_proxies: [10.0.0.0/8, proxy.example]", "server.trusted_proxies[1]"),
        ("trusted_proxies: 10.0.0.0/8", "server.trusted_proxies"),
        ("limits: { connections: 3 }", "server.limits.connections"),
        ("limits: { per_address: 0 }", "server.limits.per_address"),
        ("limits: { body: 10MB }", "server.limits.body"), ("limits: { body: -1 }", "server.limits.body"),
        ("limits: { body: 99999999999999999999GiB }", "server.limits.body"),
        ("limits: { body: 9223372036854775807KiB }", "server.limits.body"),
        ("limits: { body: 100MiB, bodies: 50MiB }", "server.limits.body"),
        ("limits: { headers: 1 }", "server.limits.headers"),
        ("limits: { idle: 1s }", "server.limits.idle"), ("limits: { idle: 2h }", "server.limits.idle"),
        ("limits: { header_count: 1 }", "server.limits.header_count"),
        ("limits: { conections: 100 }", "server.limits"),
    ])
    func `a mistake is found with its line`(text: String, place: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try server(text) }
        #expect(error.description.contains("bellhop.yaml:5"))
        #expect(error.description.contains(place))
    }
}
