import Bellhop

/// Ids as Shopify writes them: numbers, numbers as text, and `gid://shopify/Type/number`.
enum GlobalID {
    /// - Returns: `nil` for a text that is no global id with a number.
    static func parts(of text: String) -> (type: String, number: Int64)? {
        guard text.utf8.count <= 200, text.hasPrefix("gid://shopify/") else { return nil }
        let parts = text.dropFirst("gid://shopify/".count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int64(parts[1].prefix { $0 != "?" }) else { return nil }
        return (String(parts[0]), number)
    }

    static func number(_ value: JSONValue) -> Int64? {
        switch value {
        case .integer(let number): number
        case .string(let text): Int64(text) ?? parts(of: text)?.number
        default: nil
        }
    }
}
