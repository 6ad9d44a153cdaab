import Bellhop
import Foundation
import GRDB
import InboxCore

/// What came through the door: a row about each delivery, and its payload apart.
struct Deliveries {
    let db: Database

    /// - Returns: the sequence number.
    func insert(
        _ delivery: Delivery, id: UUID, body: StoredBody, headers: String, sealing: Sealing
    ) throws -> Int64 {
        try db.cachedStatement(
            sql: """
                INSERT INTO deliveries (
                  id, sender, shop, topic, webhook_id, event_id, api_version, triggered_at, received_at, body_hash,
                  body_bytes, resource, version
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            id, delivery.sender, delivery.shop.domain, delivery.topic.rawValue, delivery.webhookID, delivery.eventID,
            delivery.apiVersion, delivery.triggeredAt.map { Timestamp($0) }, Timestamp(delivery.receivedAt),
            delivery.bodyHash, body.bytes, delivery.resource, delivery.version.map { Timestamp($0) },
        ])
        let seq = db.lastInsertedRowID
        let payload = try StoredPayload(body, headers: headers, of: seq, sealing: sealing)
        try db.cachedStatement(sql: "INSERT INTO bodies (delivery, headers, encoding, content) VALUES (?, ?, ?, ?)")
            .execute(arguments: [seq, payload.headers, payload.encoding, payload.content])
        return seq
    }

    func countDuplicate(of id: UUID) throws {
        try db.cachedStatement(sql: "UPDATE deliveries SET duplicates = duplicates + 1 WHERE id = ?")
            .execute(arguments: [id])
    }

    func id(of seq: Int64) throws -> UUID? {
        try UUID.fetchOne(db.cachedStatement(sql: "SELECT id FROM deliveries WHERE seq = ?"), arguments: [seq])
    }

    /// Why the payload is no longer there; `nil` when it is.
    func gone(_ seq: Int64) throws -> PayloadGone? {
        try String.fetchOne(db.cachedStatement(sql: "SELECT gone FROM deliveries WHERE seq = ?"), arguments: [seq])
            .flatMap(PayloadGone.init)
    }

    /// The first of some whose bodies have so many bytes together; one in any case.
    func first(of deliveries: [Int64], upTo mostBytes: Int) throws -> [Int64] {
        var taken: [Int64] = []
        var bytes = 0
        for seq in deliveries {
            let statement = try db.cachedStatement(sql: "SELECT body_bytes FROM deliveries WHERE seq = ?")
            bytes += try Int.fetchOne(statement, arguments: [seq]) ?? 0
            guard bytes <= mostBytes || taken.isEmpty else { break }
            taken.append(seq)
        }
        return taken
    }

    /// The highest sequence number; 0 when there is none.
    func last() throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(seq) FROM deliveries")) ?? 0
    }

    func seq(of id: UUID) throws -> Int64? {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT seq FROM deliveries WHERE id = ?"), arguments: [id])
    }
}
