/// A thing in the shop, by its global id, for example `gid://shopify/Order/6021473918231`.
public struct ResourceID: Sendable, Hashable, Codable, CustomStringConvertible {
    public let gid: String

    /// - Returns: `nil` unless the text has the form `gid://shopify/Type/id`.
    public init?(gid: String) {
        let parts = gid.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "gid:", parts[1].isEmpty, parts[2] == "shopify",
            !parts[3].isEmpty, !parts[4].isEmpty, gid.utf8.count <= 200,
            gid.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.gid = gid
    }

    public static func order(_ id: Int64) -> ResourceID {
        ResourceID(type: "Order", id: id)
    }

    public static func product(_ id: Int64) -> ResourceID {
        ResourceID(type: "Product", id: id)
    }

    private init(type: String, id: Int64) {
        gid = "gid://shopify/\(type)/\(id)"
    }

    /// The type in the id, for example `Order`.
    public var type: String {
        String(gid.split(separator: "/", omittingEmptySubsequences: false)[3])
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = try ResourceID(gid: container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a gid://shopify/… id")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(gid)
    }

    public var description: String { gid }
}
