package import Addresses

/// The proxies whose word counts about whom they speak for.
///
/// A proxy appends the address that it was asked from to `X-Forwarded-For`, behind whatever the asker wrote there. So
/// the list is read from its end, past the addresses that are trusted themselves, and only the first that is not is
/// believed.
package struct TrustedProxies: Sendable, Hashable {
    package var ranges: [AddressRange]

    /// TLS ends at a proxy or a tunnel, mostly on the same machine, and others who can connect from there are at home
    /// on it. What is believed sways the limits by address, never who is let in.
    package static let loopback = TrustedProxies(["127.0.0.0/8", "::1"].compactMap { AddressRange($0) })

    /// Nobody has more proxies in a row. What stands before them is not read: whoever asks may write there what he
    /// likes.
    private static let mostHops = 32

    package init(_ ranges: [AddressRange]) {
        self.ranges = ranges
    }

    package func trusts(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// - Parameters:
    ///   - peer: the other side of the connection.
    ///   - forwarded: the values of `X-Forwarded-For`, in their order.
    package func caller(peer: IPAddress?, forwarded: [String]) -> Caller {
        guard let peer else { return .unnamed(nil) }
        guard trusts(peer) else { return .direct(peer) }
        guard !forwarded.isEmpty else { return .unnamed(peer) }
        var nearest = peer
        for hop in Self.hops(forwarded).suffix(Self.mostHops).reversed() {
            guard let address = Self.address(hop) else { return .behind(peer) }
            guard trusts(address) else { return .behind(address) }
            nearest = address
        }
        return .behind(nearest)
    }

    private static func hops(_ forwarded: [String]) -> [Substring.UTF8View] {
        forwarded.flatMap { $0.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) }
    }

    /// Reads `192.0.2.1`, `2001:db8::1`, and what some proxies write with a port: `192.0.2.1:80`, `[2001:db8::1]:80`.
    private static func address(_ hop: Substring.UTF8View) -> IPAddress? {
        let blank: (UInt8) -> Bool = { $0.isBlank }
        let start = hop.drop(while: blank)
        let text = start.prefix(
            upTo: start.lastIndex { !$0.isBlank }.map { start.index(after: $0) } ?? start.startIndex)
        if text.first == UInt8(ascii: "[") {
            let inside = text.dropFirst().prefix { $0 != UInt8(ascii: "]") }
            let behind = text[inside.endIndex...].dropFirst()
            guard inside.endIndex < text.endIndex, behind.isEmpty || isPort(behind) else { return nil }
            return inside.contains(UInt8(ascii: ":")) ? IPAddress(Substring(inside)) : nil
        }
        guard text.lazy.filter({ $0 == UInt8(ascii: ":") }).prefix(2).count == 1 else {
            return IPAddress(Substring(text))
        }
        let host = text.prefix { $0 != UInt8(ascii: ":") }
        return isPort(text[host.endIndex...]) ? IPAddress(Substring(host)) : nil
    }

    /// A colon and one to five digits.
    private static func isPort(_ text: Substring.UTF8View) -> Bool {
        text.first == UInt8(ascii: ":") && (2...6).contains(text.count)
            && text.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
