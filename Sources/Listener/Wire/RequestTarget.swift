/// The forms of a request target that the door takes (RFC 9112, section 3.2).
package enum RequestTarget: Sendable, Hashable {
    /// `/webhooks`
    case origin
    /// `http://host/webhooks`, which every server has to understand.
    case absolute
    /// `*`, of `OPTIONS` alone.
    case asterisk

    /// - Parameter bytes: visible ASCII.
    /// - Returns: `nil` for what is no target, and for the form that only `CONNECT` has.
    package init?(_ bytes: some Collection<UInt8>) {
        guard !bytes.contains(UInt8(ascii: "#")) else { return nil }
        if bytes.first == UInt8(ascii: "/") {
            self = .origin
        } else if bytes.elementsEqual("*".utf8) {
            self = .asterisk
        } else if let authority = Self.authority(ofAbsolute: bytes), Self.isAuthority(authority) {
            self = .absolute
        } else {
            return nil
        }
    }

    private static func authority<Bytes: Collection<UInt8>>(ofAbsolute bytes: Bytes) -> Bytes.SubSequence? {
        for scheme in ["http://", "https://"] {
            let start = bytes.prefix(scheme.utf8.count)
            if start.lazy.map(\.lowercasedASCII).elementsEqual(scheme.utf8) {
                return bytes[start.endIndex...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            }
        }
        return nil
    }

    private static func isAuthority(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && isHost(bytes)
    }

    /// Whether the bytes may be the value of a Host header: the characters of a host and a port, without a user.
    package static func isHost(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.allSatisfy { byte in
            byte.isASCIILetterOrDigit || "-._~%!$&'()*+,;=:[]".utf8.contains(byte)
        }
    }
}
