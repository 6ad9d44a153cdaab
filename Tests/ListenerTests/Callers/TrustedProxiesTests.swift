import Addresses
import Listener
import Testing

@Suite("Whom a proxy speaks for")
struct TrustedProxiesTests {
    private let proxies = TrustedProxies(
        ["127.0.0.0/8", "10.0.0.0/8", "2001:db8:1::/48"].compactMap { AddressRange($0) })
    private let proxy = IPAddress("127.0.0.1")

    private func caller(_ forwarded: String..., peer: String = "127.0.0.1") -> Caller {
        proxies.caller(peer: IPAddress(peer), forwarded: forwarded)
    }

    private func behind(_ text: String) -> Caller? {
        IPAddress(text).map { .behind($0) }
    }

    @Test("The last address that is not trusted counts, whatever stands before it")
    func walk() {
        #expect(caller("203.0.113.9") == behind("203.0.113.9"))
        #expect(caller("198.51.100.1, 203.0.113.9") == behind("203.0.113.9"))
        #expect(caller("198.51.100.1, 203.0.113.9, 10.1.2.3, 10.0.0.1") == behind("203.0.113.9"))
        #expect(caller("198.51.100.1", "203.0.113.9,10.0.0.1") == behind("203.0.113.9"))
        #expect(caller("garbage, 203.0.113.9") == behind("203.0.113.9"))
        #expect(caller("2001:db8:2::7, 2001:db8:1::1") == behind("2001:db8:2::7"))
    }

    @Test("A port is passed over", arguments: ["203.0.113.9:4711", " [2001:db8:2::7]:443", "[2001:db8:2::7]\t"])
    func ports(text: String) {
        #expect(caller(text) == behind(text.contains("db8") ? "2001:db8:2::7" : "203.0.113.9"))
    }

    @Test("Where all are trusted, it is the first")
    func allTrusted() {
        #expect(caller("10.0.0.7, 10.0.0.1") == behind("10.0.0.7"))
    }

    @Test(
        "What is no address makes it the proxy's",
        arguments: [
            "", " ", ",", "unknown", "203.0.113.9,", "203.0.113.9, _hidden, 10.0.0.1", "203.0.113.9:", "203.0.113.9:x",
            "203.0.113.9:123456", "[203.0.113.9]", "[::1", "::1]", "[::1]x", "203.0.113.9 198.51.100.1",
            "203.0.113.999",
        ])
    func malformed(text: String) throws {
        #expect(caller(text) == .behind(try #require(proxy)))
    }

    @Test("Nobody hides behind many addresses")
    func many() {
        #expect(caller(String(repeating: "x,", count: 3000) + "203.0.113.9") == behind("203.0.113.9"))
        #expect(caller(String(repeating: "10.0.0.1,", count: 3000) + "203.0.113.9, 10.0.0.2") == behind("203.0.113.9"))
    }

    @Test("Of trusted ones, the last 32 are read")
    func longWalk() {
        let hops = (1...40).map { "10.0.0.\($0)" }
        #expect(caller(hops.joined(separator: ",")) == behind("10.0.0.9"))
    }

    @Test("Nobody else is believed")
    func untrusted() throws {
        let peer = try #require(IPAddress("203.0.113.9"))
        #expect(caller("198.51.100.1", peer: "203.0.113.9") == .direct(peer))
        #expect(TrustedProxies([]).caller(peer: proxy, forwarded: ["198.51.100.1"]) == .direct(try #require(proxy)))
    }

    @Test("A proxy that says nothing, and a peer without an address")
    func unnamed() {
        #expect(proxies.caller(peer: proxy, forwarded: []) == .unnamed(proxy))
        #expect(proxies.caller(peer: nil, forwarded: ["198.51.100.1"]) == .unnamed(nil))
    }
}
