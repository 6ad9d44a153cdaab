/// A shop, named by its `*.myshopify.com` host in lower case.
public struct Shop: Sendable, Hashable, Codable, CustomStringConvertible {
    public let domain: String

    /// - Returns: `nil` unless the text is a host name: 3 to 255 letters, digits, dots and hyphens with a dot inside.
    public init?(domain: String) {
        let lower = domain.lowercased()
        let allowed = lower.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        guard allowed, (3...255).contains(lower.utf8.count), lower.contains("."), !lower.hasPrefix("."),
            !lower.hasSuffix("."), !lower.contains("..")
        else { return nil }
        self.domain = lower
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
