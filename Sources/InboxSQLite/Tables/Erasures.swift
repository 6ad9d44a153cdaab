import Foundation
import GRDB
import InboxCore

/// What was erased, as a proof.
struct Erasures {
    let db: Database

    /// Does nothing when it has begun already.
    func begin(_ request: PrivacyRequest, id: UUID) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO erasures (id, kind, subject, webhook_id, requested_at, counts) VALUES (?, ?, ?, ?, ?, '{}')
                ON CONFLICT (id) DO NOTHING
                """
        ).execute(arguments: [
            id, request.kind.rawValue, try SubjectDigest(db).proof(of: request), request.webhookID,
            Timestamp(request.requestedAt),
        ])
    }

    func add(_ counts: [String: Int], to id: UUID) throws {
        let counts = counts.filter { $0.value > 0 }
        guard !counts.isEmpty else { return }
        let before = try String.fetchOne(
            db.cachedStatement(sql: "SELECT counts FROM erasures WHERE id = ?"), arguments: [id])
        let sum = try JSON.decode([String: Int].self, from: before ?? "{}").merging(counts) { $0 + $1 }
        try db.cachedStatement(sql: "UPDATE erasures SET counts = ? WHERE id = ?")
            .execute(arguments: [try JSON.encode(sum), id])
    }

    func finish(_ id: UUID, at now: Date) throws {
        try db.cachedStatement(sql: "UPDATE erasures SET finished_at = ? WHERE id = ?")
            .execute(arguments: [Timestamp(now), id])
    }

    func erasure(_ id: UUID) throws -> ErasureRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM erasures WHERE id = ?"), arguments: [id])
            .map(ErasureRecord.init)
    }

    /// Newest first.
    func list(limit: Int) throws -> [ErasureRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM erasures ORDER BY seq DESC LIMIT ?"), arguments: [limit]
        ).map(ErasureRecord.init)
    }
}

extension ErasureRecord {
    fileprivate init(_ row: Row) throws {
        guard let kind = PrivacyRequest.Kind(rawValue: try row.decode(forKey: "kind")) else {
            throw DamagedRow(column: "kind")
        }
        let subject: Data = try row.decode(forKey: "subject")
        self.init(
            id: try row.decode(UUID.self, forKey: "id").deliveryID, kind: kind, subject: subject.hexDigits,
            webhookID: try row.decode(forKey: "webhook_id"),
            requestedAt: try row.decode(Timestamp.self, forKey: "requested_at").date,
            finishedAt: try row.decode(Timestamp?.self, forKey: "finished_at")?.date,
            counts: try JSON.decode([String: Int].self, from: row.decode(forKey: "counts")))
    }
}

extension Data {
    /// Two lower-case hex digits for each byte.
    var hexDigits: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
