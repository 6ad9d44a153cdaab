public import Foundation

/// A time as Shopify writes it: ISO 8601 with an offset or `Z`, and any number of fraction digits.
public struct ShopifyDate: Sendable, Hashable, Decodable {
    public let date: Date

    /// - Returns: `nil` when the text is no such time.
    public init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        var scanner = MomentScanner(text)
        guard let moment = scanner.moment() else { return nil }
        date = moment
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
