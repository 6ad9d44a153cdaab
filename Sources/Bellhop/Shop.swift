/// A shop, named by its `*.myshopify.com` host in lower case.
public struct Shop: Sendable, Hashable, Codable, CustomStringConvertible {
    public let domain: String

    /// - Returns: `nil` unless the text is a host name: 3 to 255 letters, digits, dots and hyphens with a dot inside.
    public init?(domain: String) {
        let dot = UInt8(ascii: ".")
        let length = domain.utf8.count
        guard (3...255).contains(length) else { return nil }
        var last = dot
        var (hasDot, hasCapital) = (false, false)
        // One pass over the bytes: every delivery comes here several times before it is answered.
        for byte in domain.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasCapital = true
            case dot where last != dot: hasDot = true
            default: return nil
            }
            last = byte
        }
        guard hasDot, last != dot else { return nil }
        self.domain = hasCapital ? domain.lowercased() : domain
    }

    /// A shop that does not exist, for samples and tests.
    public static let example = Shop(known: "kelp-and-cotton.myshopify.com")

    private init(known domain: String) {
        self.domain = domain
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let shop = try Shop(domain: container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a shop's host name")
        }
        self = shop
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(domain)
    }

    public var description: String { domain }
}
