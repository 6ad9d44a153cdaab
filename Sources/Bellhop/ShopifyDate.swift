public import Foundation

/// A time as Shopify writes it: ISO 8601 with an offset or `Z`, and any number of fraction digits.
public struct ShopifyDate: Sendable, Hashable, Decodable {
    public let date: Date

    /// - Returns: `nil` when the text is no such time.
    public init?(_ text: String) {
        guard text.utf8.count <= 64, let parsed = Date(shopify: text) else { return nil }
        date = parsed
    }

    /// - Throws: `DecodingError` when the value is not a text in this form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = try ShopifyDate(container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 time")
        }
        self = value
    }
}

extension Date {
    /// The library's parser knows no fraction or exactly one length of it, so the fraction is read here.
    fileprivate init?(shopify text: String) {
        // It would also take a year of five digits and more.
        guard text.utf8.dropFirst(4).first == UInt8(ascii: "-") else { return nil }
        guard let point = text.firstIndex(of: ".") else {
            try? self.init(text, strategy: .iso8601)
            return
        }
        let digits = text[text.index(after: point)...].prefix { "0"..."9" ~= $0 }
        guard !digits.isEmpty, let fraction = Double("0." + digits.prefix(9)),
            let whole = try? Date(text[..<point] + text[digits.endIndex...], strategy: .iso8601)
        else { return nil }
        self = whole + fraction
    }
}
