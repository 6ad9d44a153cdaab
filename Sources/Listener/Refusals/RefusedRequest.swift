package import Foundation
import HTTPTypes

/// A refused request as it is kept to be looked at: without its body, and without values that say who somebody is.
package struct RefusedRequest: Sendable, Hashable, Codable {
    package var at: Date
    /// See ``Refusal``.
    package var reason: String
    /// Where it came from, as far as is known.
    package var address: String?
    /// `nil`, with path and headers, when the request was refused before its head had been read.
    package var method: String?
    /// Without the query.
    package var path: String?
    package var headers: [Header]

    package struct Header: Sendable, Hashable, Codable {
        /// In lower case.
        package var name: String
        /// `nil` when it is not kept.
        package var value: String?
    }

    private static let mostHeaders = 40
    private static let nameLength = 64
    private static let valueLength = 120

    /// Headers whose values say what was sent and by what, not by whom. All other names are kept alone: signatures,
    /// cookies, tokens and addresses are among them.
    private static let keptValues: Set = [
        "accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "expect",
        "host",
        "transfer-encoding", "user-agent", "x-forwarded-proto",
        "x-shopify-topic", "x-shopify-shop-domain", "x-shopify-webhook-id", "x-shopify-event-id",
        "x-shopify-api-version", "x-shopify-triggered-at",
        "shopify-topic", "shopify-action", "shopify-shop-domain", "shopify-webhook-id", "shopify-api-version",
        "shopify-triggered-at",
    ]

    init(_ refusal: Refusal, at date: Date, address: String?, request: HTTPRequest?) {
        at = date
        reason = refusal.rawValue
        self.address = address
        method = request.map { Self.cut($0.method.rawValue, to: Self.nameLength) }
        path = request?.path.map { Self.cut($0.prefix { $0 != "?" }, to: Self.valueLength) }
        headers = request.map { Self.headers($0.headerFields) } ?? []
    }

    private static func headers(_ fields: HTTPFields) -> [Header] {
        fields.prefix(mostHeaders).map { field in
            let name = field.name.canonicalName
            return Header(
                name: cut(name, to: nameLength),
                value: keptValues.contains(name) ? cut(field.value, to: valueLength) : nil)
        }
    }

    /// Printable ASCII and no more of it than so many characters; what else there was shows as `?`.
    private static func cut(_ text: some StringProtocol, to length: Int) -> String {
        let bytes = text.utf8.prefix(length).map { $0 == .space || $0.isVisibleASCII ? $0 : UInt8(ascii: "?") }
        return String(decoding: bytes, as: UTF8.self) + (text.utf8.count > length ? "…" : "")
    }
}
