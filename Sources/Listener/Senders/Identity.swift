import Bellhop
import Foundation

/// What a request says it delivers. Only to be read once the signature holds.
struct Identity: Sendable, Equatable {
    var topic: Topic
    var shop: Shop
    var webhookID: String
    var eventID: String?
    var apiVersion: String?
    var triggeredAt: Date?

    /// How far a sender's clock may be ahead of ours, in seconds.
    private static let clockSkew: TimeInterval = 300

    /// - Parameter receivedAt: what was triggered much later than that was not: of a moment to come nothing could be
    ///   newer.
    /// - Throws: a ``Refusal`` when topic, shop or webhook id is missing, invalid or given twice. Of the rest, what
    ///   cannot be read is left out.
    init(_ headers: KeptHeaders, as names: IdentityHeaders, receivedAt: Date) throws(Refusal) {
        guard headers.repeated.isEmpty || headers.repeated.isDisjoint(with: names.all) else { throw .headerRepeated }
        topic = try Self.topic(headers, names.topic)
        guard let domain = headers[names.shop] else { throw .shopMissing }
        guard let shop = Shop(domain: domain) else { throw .shopInvalid }
        self.shop = shop
        guard let id = headers[names.webhookID] else { throw .webhookIDMissing }
        guard Self.isIdentifier(id, upTo: 200) else { throw .webhookIDInvalid }
        webhookID = id
        eventID = names.eventID.flatMap { headers[$0] }.flatMap { Self.isIdentifier($0, upTo: 200) ? $0 : nil }
        apiVersion = headers[names.apiVersion].flatMap { Self.isIdentifier($0, upTo: 32) ? $0 : nil }
        triggeredAt = headers[names.triggeredAt].flatMap { Timestamp.parse($0) }
            .flatMap { $0 <= receivedAt + Self.clockSkew ? $0 : nil }
    }

    /// Lower-cased, so that a handler bound to `orders/create` is found however the sender writes it.
    private static func topic(_ headers: KeptHeaders, _ names: [String]) throws(Refusal) -> Topic {
        let parts = names.compactMap { headers[$0] }
        guard parts.count == names.count else { throw .topicMissing }
        let topic = parts.joined(separator: "/").lowercased()
        let parsed = topic.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard topic.utf8.count <= 128, parsed.count >= 2,
            parsed.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isTopicCharacter) })
        else { throw .topicInvalid }
        return Topic(rawValue: topic)
    }

    private static func isTopicCharacter(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isIdentifier(_ text: String, upTo length: Int) -> Bool {
        (1...length).contains(text.utf8.count) && text.utf8.allSatisfy(\.isVisibleASCII)
    }
}
