import Bellhop
import Foundation
import GRDB
import InboxCore

/// Customers' wishes to know what is kept, and the files that answer them.
struct DataRequests {
    /// How long a file of an answer is kept, in seconds.
    static let exportLifetime: TimeInterval = 30 * 86_400

    let db: Database

    /// Does nothing when it has begun already.
    func begin(_ request: PrivacyRequest, id: UUID) throws {
        let digest = try SubjectDigest(db)
        let subjects = try request.subjects.map { try digest.bytes(of: $0).hexDigits }.sorted()
        try db.cachedStatement(
            sql: """
                INSERT INTO data_requests (id, shop, subjects, requested_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """
        ).execute(arguments: [
            id, request.shop.domain, try JSON.encode(subjects), Timestamp(request.requestedAt),
        ])
    }

    func finish(_ id: UUID, at now: Date) throws {
        try db.cachedStatement(sql: "UPDATE data_requests SET made_at = ? WHERE id = ?")
            .execute(arguments: [Timestamp(now), id])
        try db.cachedStatement(sql: "DELETE FROM request_subjects WHERE request = ?").execute(arguments: [id])
    }

    func addExport(_ export: ExportRecord, of request: UUID) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO exports (id, request, bytes, expires_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes, expires_at = excluded.expires_at
                """
        ).execute(arguments: [export.id, request, export.bytes, Timestamp(export.expiresAt)])
    }

    func export(_ id: String) throws -> ExportRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM exports WHERE id = ?"), arguments: [id])
            .map(ExportRecord.init)
    }

    func noteOpened(_ id: String, at now: Date) throws {
        try db.cachedStatement(sql: "UPDATE exports SET opened_at = coalesce(opened_at, ?) WHERE id = ?")
            .execute(arguments: [Timestamp(now), id])
    }

    func expired(at now: Date) throws -> [String] {
        try String.fetchAll(
            db.cachedStatement(sql: "SELECT id FROM exports WHERE expires_at <= ?"), arguments: [Timestamp(now)])
    }

    /// The files that answer a request about one of these subjects, or about anybody in the shop.
    func exports(in shop: String, about subjects: Set<String>?) throws -> [String] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT exports.id, data_requests.subjects
                    FROM exports JOIN data_requests ON data_requests.id = exports.request WHERE data_requests.shop = ?
                    """), arguments: [shop])
        return try rows.filter { row in
            guard let subjects else { return true }
            let own = try JSON.decode([String].self, from: row.decode(forKey: "subjects"))
            return own.contains { subjects.contains($0) }
        }.map { try $0.decode(forKey: "id") }
    }

    func removeExport(_ id: String) throws {
        try db.cachedStatement(sql: "DELETE FROM exports WHERE id = ?").execute(arguments: [id])
    }

    /// Newest first.
    func list(limit: Int) throws -> [DataRequestRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM data_requests ORDER BY seq DESC LIMIT ?"), arguments: [limit]
        ).map(record)
    }

    func request(_ id: UUID) throws -> DataRequestRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM data_requests WHERE id = ?"), arguments: [id])
            .map(record)
    }

    /// The export of a request that was answered in one part.
    func onlyExport(of request: String) throws -> String? {
        guard let record = try UUID(uuidString: request).flatMap({ try self.request($0) }), record.madeAt != nil,
            record.exports.count == 1, let export = record.exports.first,
            export.id == Self.exportID(of: record.id, part: 1)
        else { return nil }
        return export.id
    }

    static func exportID(of request: String, part: Int) -> String {
        "\(request)-\(part)"
    }

    private func record(_ row: Row) throws -> DataRequestRecord {
        let id: UUID = try row.decode(forKey: "id")
        let exports = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM exports WHERE request = ? ORDER BY id"), arguments: [id]
        ).map(ExportRecord.init)
        return DataRequestRecord(
            id: id.deliveryID, shop: try row.decode(forKey: "shop"),
            requestedAt: try row.decode(Timestamp.self, forKey: "requested_at").date, exports: exports,
            madeAt: try row.decode(Timestamp?.self, forKey: "made_at")?.date)
    }
}

extension ExportRecord {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.decode(forKey: "id"), bytes: try row.decode(forKey: "bytes"),
            expiresAt: try row.decode(Timestamp.self, forKey: "expires_at").date,
            openedAt: try row.decode(Timestamp?.self, forKey: "opened_at")?.date)
    }
}
