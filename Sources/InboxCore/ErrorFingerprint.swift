/// What failures of the same kind have in common, whatever the event: the handler, what went wrong, and where.
package struct ErrorFingerprint: Sendable, Hashable, Codable {
    /// Sixteen hex digits.
    package var text: String

    package init(text: String) {
        self.text = text
    }

    /// - Parameters:
    ///   - kind: a fixed word for what went wrong, for example `threw` or `undecodable`.
    ///   - detail: what tells two failures of this kind apart, the same for every event: a type's name, a path of keys.
    package init(handlerID: String, kind: String, detail: String) {
        text = Self.hex(Self.fnv1a("\(handlerID)\u{0}\(kind)\u{0}\(detail)"))
    }

    /// FNV-1a with 64 bits: short, the same on every machine, and nothing depends on nobody finding a collision.
    private static func fnv1a(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
