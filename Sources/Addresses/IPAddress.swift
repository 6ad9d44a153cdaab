/// An IP address. One of version 4 is the same as its mapped form of version 6, `::ffff:192.0.2.1`.
package struct IPAddress: Sendable, Hashable {
    /// As a number of version 6, most significant bit first.
    package let bits: UInt128

    private static let mapped: UInt128 = 0xffff << 32

    package init(bits: UInt128) {
        self.bits = bits
    }

    /// An address of version 4.
    package init(v4: UInt32) {
        bits = Self.mapped | UInt128(v4)
    }

    package var isV4: Bool {
        bits >> 32 == 0xffff
    }

    /// Keeps the first bits of an address and clears the others.
    package func prefix(_ length: Int) -> IPAddress {
        let dropped = 128 - max(0, min(128, length))
        return IPAddress(bits: dropped == 128 ? 0 : (bits >> dropped) << dropped)
    }
}

extension IPAddress: CustomStringConvertible {
    /// As RFC 5952 writes it: lower case, no leading zeros, the longest run of zero groups as `::`.
    package var description: String {
        isV4 ? Self.octets(of: UInt32(truncatingIfNeeded: bits)) : Self.groups(of: bits)
    }

    private static func octets(of bits: UInt32) -> String {
        stride(from: 24, through: 0, by: -8).map { String(bits >> UInt32($0) & 0xff) }.joined(separator: ".")
    }

    private static func groups(of bits: UInt128) -> String {
        let groups = stride(from: 112, through: 0, by: -16).map { UInt16(truncatingIfNeeded: bits >> UInt128($0)) }
        func text(_ groups: ArraySlice<UInt16>) -> String {
            groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard let zeros = longestZeros(in: groups) else { return text(groups[...]) }
        return text(groups[..<zeros.lowerBound]) + "::" + text(groups[zeros.upperBound...])
    }

    /// The first of the longest runs of at least two zeros.
    private static func longestZeros(in groups: [UInt16]) -> Range<Int>? {
        var longest: Range<Int>?
        var start: Int?
        for index in 0...groups.count {
            if index < groups.count, groups[index] == 0 {
                start = start ?? index
            } else if let began = start {
                if index - began > max(1, longest?.count ?? 0) { longest = began..<index }
                start = nil
            }
        }
        return longest
    }
}
