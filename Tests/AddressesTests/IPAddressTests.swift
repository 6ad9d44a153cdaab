import Addresses
import Testing

@Suite("IP addresses")
struct IPAddressTests {
    @Test(
        "What is an address is read, and written as RFC 5952 has it",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("::", "::"), ("::1", "::1"), ("2001:db8::", "2001:db8::"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("2001:0db8:0000:0001:0000:0000:0000:0001", "2001:db8:0:1::1"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("::ffff:c000:201", "192.0.2.1"), ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ])
    func readable(text: String, written: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == written)
        #expect(IPAddress(written) == address)
    }

    @Test(
        "Anything else is none",
        arguments: [
            "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.", ".1.2.3", "1.2.3.4 ", "+1.2.3.4",
            "0x1.2.3.4",
            "1.2.3.4:80", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::12345",
            "::g",
            "[::1]", "::1%eth0", "::1.2.3", "1.2.3.4::", "::+1", "localhost", "１.2.3.4",
            String(repeating: ":", count: 5000),
        ])
    func unreadable(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "A range contains what begins like it",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.0/8", "::a00:0", false),
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "::1", false), ("::/0", "203.0.113.9", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::", false), ("::ffff:10.0.0.0/104", "10.1.2.3", true),
        ])
    func contains(range: String, address: String, expected: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(#require(IPAddress(address))) == expected)
    }

    @Test(
        "What is no range, or has bits behind its prefix",
        arguments: [
            "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.1/8", "::1/64", "::/129",
            "x/8",
        ])
    func noRange(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test("A range is written as it is read", arguments: ["10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "::/0"])
    func written(text: String) {
        #expect(AddressRange(text)?.description == text)
    }
}
