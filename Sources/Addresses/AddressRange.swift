/// A block of IP addresses, such as `10.0.0.0/8` or `2001:db8::/32`.
package struct AddressRange: Sendable, Hashable {
    package let first: IPAddress
    /// Of the 128 bits of version 6, how many are the same in all addresses of the block.
    package let prefixLength: Int

    /// Reads an address, with or without the length of its prefix behind a slash.
    ///
    /// - Returns: `nil` for what is none, and for an address with bits behind its prefix, which is probably a slip.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let offset = first.contains(":") ? 0 : 96
        var length = 128
        if parts.count == 2 {
            guard let written = Self.length(parts[1]), written + offset <= 128 else { return nil }
            length = written + offset
        }
        guard address.prefix(length) == address else { return nil }
        self.first = address
        prefixLength = length
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.prefix(prefixLength) == first
    }

    private static func length(_ text: some StringProtocol) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}

extension AddressRange: CustomStringConvertible {
    package var description: String {
        first.isV4 && prefixLength >= 96 ? "\(first)/\(prefixLength - 96)" : "\(first)/\(prefixLength)"
    }
}
