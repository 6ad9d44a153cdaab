import Bellhop
import Foundation
import GRDB
import InboxCore

/// A delivery as it was read from the database, its payload still packed.
struct StoredDelivery: Sendable {
    let seq: Int64
    let id: UUID
    /// The delivery without its payload.
    let receipt: Delivery
    private let payload: Result<StoredPayload, PayloadGone>
    private let bytes: Int

    static let columns = """
        deliveries.seq AS delivery_seq, deliveries.id AS delivery_id, deliveries.sender, deliveries.shop,
        deliveries.topic, deliveries.webhook_id, deliveries.event_id, deliveries.api_version, deliveries.triggered_at,
        deliveries.resource, deliveries.version, deliveries.received_at, deliveries.body_hash, deliveries.body_bytes,
        deliveries.gone, bodies.headers, bodies.encoding, bodies.content
        """

    /// - Throws: when there is none, or it is damaged.
    static func fetch(_ db: Database, seq: Int64) throws -> StoredDelivery {
        let statement = try db.cachedStatement(sql: select)
        guard let row = try Row.fetchOne(statement, arguments: [seq]) else { throw DamagedRow(column: "delivery") }
        return try StoredDelivery(row)
    }

    static let select = """
        SELECT \(columns) FROM deliveries LEFT JOIN bodies ON bodies.delivery = deliveries.seq WHERE deliveries.seq = ?
        """

    init(_ row: Row) throws {
        seq = try row.decode(forKey: "delivery_seq")
        id = try row.decode(forKey: "delivery_id")
        receipt = Delivery(
            sender: try row.decode(forKey: "sender"),
            shop: try row.shop(),
            topic: Topic(rawValue: try row.decode(forKey: "topic")),
            webhookID: try row.decode(forKey: "webhook_id"),
            eventID: try row.decode(forKey: "event_id"),
            apiVersion: try row.decode(forKey: "api_version"),
            triggeredAt: try row.decode(Timestamp?.self, forKey: "triggered_at")?.date,
            resource: try row.decode(forKey: "resource"),
            version: try row.decode(Timestamp?.self, forKey: "version")?.date,
            body: Data(),
            bodyHash: try row.decode(forKey: "body_hash"),
            receivedAt: try row.decode(Timestamp.self, forKey: "received_at").date)
        if let gone = try row.decode(String?.self, forKey: "gone") {
            payload = .failure(PayloadGone(rawValue: gone) ?? .expired)
        } else {
            payload = .success(try StoredPayload(row))
        }
        bytes = try row.decode(forKey: "body_bytes")
    }

    /// The delivery as it was accepted.
    ///
    /// - Throws: `SealError`, `PayloadGone`, or when the stored bytes are damaged.
    func unpacked(_ sealing: Sealing) throws -> Delivery {
        var delivery = receipt
        let (headers, body) = try payload.get().opened(of: seq, bytes: bytes, sealing: sealing)
        guard let headers = StoredHeaders.headers(in: headers) else { throw DamagedRow(column: "headers") }
        delivery.headers = headers
        delivery.body = try body.received()
        return delivery
    }
}
