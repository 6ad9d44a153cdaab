extension IPAddress {
    /// Reads `192.0.2.1` or `2001:db8::1`, also with the last 32 bits as `192.0.2.1`.
    ///
    /// - Returns: `nil` for anything else: leading zeros in version 4, ports, brackets, zones, host names.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(Self.longest + 1))
        guard bytes.count <= Self.longest else { return nil }
        if bytes.contains(UInt8(ascii: ":")) {
            guard let bits = Self.v6(bytes[...]) else { return nil }
            self.init(bits: bits)
        } else {
            guard let v4 = Self.v4(bytes[...]) else { return nil }
            self.init(v4: v4)
        }
    }

    /// The length of `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`.
    private static let longest = 45

    private static func v4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.first != UInt8(ascii: "0") || part.count == 1,
                let octet = number(part, radix: 10), octet <= 255
            else { return nil }
            bits = bits << 8 | octet
        }
        return bits
    }

    private static func v6(_ bytes: ArraySlice<UInt8>) -> UInt128? {
        guard let gap = firstGap(in: bytes) else {
            guard let groups = groups(bytes, mayEndInV4: true), groups.count == 8 else { return nil }
            return number(of: groups)
        }
        guard let front = groups(bytes[..<gap], mayEndInV4: false),
            let back = groups(bytes[(gap + 2)...], mayEndInV4: true), front.count + back.count <= 7
        else { return nil }
        return number(of: front + Array(repeating: 0, count: 8 - front.count - back.count) + back)
    }

    private static func firstGap(in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.indices.dropLast().first { bytes[$0] == UInt8(ascii: ":") && bytes[$0 + 1] == UInt8(ascii: ":") }
    }

    /// Groups with single colons between them; none for no bytes.
    private static func groups(_ bytes: ArraySlice<UInt8>, mayEndInV4: Bool) -> [UInt32]? {
        guard !bytes.isEmpty else { return [] }
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var groups: [UInt32] = []
        for (index, part) in parts.enumerated() {
            if mayEndInV4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let bits = v4(part) else { return nil }
                groups += [bits >> 16, bits & 0xffff]
            } else {
                guard (1...4).contains(part.count), let group = number(part, radix: 16) else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func number(of groups: [UInt32]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// Digits alone: no sign.
    private static func number(_ bytes: ArraySlice<UInt8>, radix: Int) -> UInt32? {
        guard bytes.allSatisfy({ isDigit($0, radix: radix) }) else { return nil }
        return UInt32(String(decoding: bytes, as: UTF8.self), radix: radix)
    }

    private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
        default: false
        }
    }
}
