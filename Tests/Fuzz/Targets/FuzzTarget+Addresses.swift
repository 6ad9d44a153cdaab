import Addresses
import Foundation

@testable import Listener

extension FuzzTarget {
    /// The first line is an address or a block of them, the rest what a stranger wrote into `X-Forwarded-For`.
    static let addresses = FuzzTarget(name: "addresses") { data in
        var input = FuzzInput(data)
        let first = input.line()
        if let address = IPAddress(first) {
            try require(IPAddress(address.description) == address, "an address changes when it is shown")
        }
        var proxies = TrustedProxies.loopback
        if let range = AddressRange(first) {
            try require(AddressRange(range.description) == range, "a block changes when it is shown")
            try require(range.contains(range.first), "a block does not begin with its first address")
            proxies.ranges.append(range)
        }
        try checkCaller(written: input.text.split(separator: "\n").map(String.init), proxies)
    }

    /// What the proxy appends counts, whatever stands before it.
    private static func checkCaller(written: [String], _ proxies: TrustedProxies) throws {
        guard let proxy = IPAddress("127.0.0.1"), let stranger = IPAddress("203.0.113.9") else { return }
        try require(proxies.caller(peer: nil, forwarded: written) == .unnamed(nil), "nobody is believed")
        guard !proxies.trusts(stranger) else { return }
        try require(
            proxies.caller(peer: stranger, forwarded: written) == .direct(stranger), "a stranger names himself")
        let caller = proxies.caller(peer: proxy, forwarded: written + ["203.0.113.9"])
        try require(caller == .behind(stranger), "what a stranger writes hides him")
    }
}
