import Bellhop
import Foundation
import GRDB
import InboxCore

extension EventDetail {
    static func fetch(_ db: Database, delivery id: UUID, sealing: Sealing) throws -> EventDetail? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM deliveries WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
        return EventDetail(
            deliveryID: id.deliveryID,
            sender: try row.decode(forKey: "sender"),
            topic: Topic(rawValue: try row.decode(forKey: "topic")),
            shop: try row.shop(),
            webhookID: try row.decode(forKey: "webhook_id"),
            eventID: try row.decode(forKey: "event_id"),
            apiVersion: try row.decode(forKey: "api_version"),
            triggeredAt: try row.decode(Timestamp?.self, forKey: "triggered_at")?.date,
            resource: try row.decode(forKey: "resource"),
            version: try row.decode(Timestamp?.self, forKey: "version")?.date,
            receivedAt: try row.decode(Timestamp.self, forKey: "received_at").date,
            bodyBytes: try row.decode(forKey: "body_bytes"),
            duplicates: try row.decode(forKey: "duplicates"),
            jobs: try jobs(db, delivery: row.decode(forKey: "seq"), sealing: sealing))
    }

    private static func jobs(_ db: Database, delivery seq: Int64, sealing: Sealing) throws -> [Job] {
        try JobSource.allCases
            .flatMap { source in
                try Row.fetchAll(
                    db.cachedStatement(
                        sql: "SELECT \(source.columns) FROM \(source.from) WHERE \(source.table).delivery = ?"),
                    arguments: [seq])
            }
            .map { row in (id: try row.decode(Int64.self, forKey: "job"), row: row) }
            .sorted { $0.id < $1.id }
            .map { id, row in
                Job(
                    summary: try EventSummary(row), calls: try Calls(db: db).ofJob(id),
                    effects: try Effects(db: db, sealing: sealing).planned(ofJob: id),
                    coveredBy: try row.decode(Int64?.self, forKey: "covered_by").flatMap {
                        try Deliveries(db: db).id(of: $0)?.deliveryID
                    },
                    covers: try covered(db, by: seq, handler: row.decode(forKey: "handler")))
            }
    }

    private static func covered(_ db: Database, by seq: Int64, handler: String) throws -> [String] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT deliveries.id FROM outcomes CROSS JOIN deliveries ON deliveries.seq = outcomes.delivery
                WHERE outcomes.covered_by = ? AND outcomes.handler = ? ORDER BY outcomes.job
                """)
        return try UUID.fetchAll(statement, arguments: [seq, handler]).map(\.deliveryID)
    }
}
