package import Foundation

/// What was erased, and when. It names nobody: the subject is a digest.
package struct ErasureRecord: Sendable, Hashable, Codable {
    /// The delivery that asked for it.
    package var id: String
    package var kind: PrivacyRequest.Kind
    /// A keyed digest of the customer or the shop, in hex.
    package var subject: String
    package var webhookID: String
    package var requestedAt: Date
    /// `nil` while it is under way.
    package var finishedAt: Date?
    /// How many rows and files were erased, by table or kind.
    package var counts: [String: Int]

    package init(
        id: String, kind: PrivacyRequest.Kind, subject: String, webhookID: String, requestedAt: Date,
        finishedAt: Date?, counts: [String: Int]
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.webhookID = webhookID
        self.requestedAt = requestedAt
        self.finishedAt = finishedAt
        self.counts = counts
    }
}

/// A customer's wish to know what is kept.
package struct DataRequestRecord: Sendable, Hashable, Codable {
    /// How long an answer may take, in seconds: 30 days, as Shopify asks for.
    package static let answerTime: TimeInterval = 30 * 86_400

    package var id: String
    package var shop: String
    package var requestedAt: Date
    package var dueAt: Date
    /// The files that hold the answer; empty until it is made and once they are deleted.
    package var exports: [ExportRecord]
    /// When the answer was made.
    package var madeAt: Date?

    package init(id: String, shop: String, requestedAt: Date, exports: [ExportRecord], madeAt: Date?) {
        self.id = id
        self.shop = shop
        self.requestedAt = requestedAt
        dueAt = requestedAt + Self.answerTime
        self.exports = exports
        self.madeAt = madeAt
    }
}

/// One file of an answer.
package struct ExportRecord: Sendable, Hashable, Codable {
    package var id: String
    package var bytes: Int
    package var expiresAt: Date
    /// When somebody first took it out.
    package var openedAt: Date?

    package init(id: String, bytes: Int, expiresAt: Date, openedAt: Date?) {
        self.id = id
        self.bytes = bytes
        self.expiresAt = expiresAt
        self.openedAt = openedAt
    }
}

/// What can be told of privacy in one look.
package struct PrivacyOverview: Sendable, Hashable, Codable {
    /// Newest first.
    package var erasures: [ErasureRecord]
    /// Newest first.
    package var dataRequests: [DataRequestRecord]
    /// Deliveries that the subject index has not reached yet.
    package var unindexed: Int
    /// The id of the key that seals; `nil` when nothing is sealed.
    package var storageKey: String?
    /// Whether every row is sealed with that key.
    package var isSealed: Bool
    /// Bytes of the database that hold something.
    package var bytesUsed: Int

    package init(
        erasures: [ErasureRecord], dataRequests: [DataRequestRecord], unindexed: Int, storageKey: String?,
        isSealed: Bool, bytesUsed: Int
    ) {
        self.erasures = erasures
        self.dataRequests = dataRequests
        self.unindexed = unindexed
        self.storageKey = storageKey
        self.isSealed = isSealed
        self.bytesUsed = bytesUsed
    }
}
