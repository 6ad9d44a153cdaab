import Bellhop
import Foundation
import GRDB
import InboxCore

/// Reads what comes next for the subject index.
struct IndexReader {
    /// The most that one step reads, in deliveries and in bytes of bodies.
    static let mostDeliveries = 64
    static let mostBytes = 2 << 20

    static let select = """
        SELECT \(StoredDelivery.columns) FROM deliveries LEFT JOIN bodies ON bodies.delivery = deliveries.seq
        WHERE deliveries.seq > ? ORDER BY deliveries.seq LIMIT \(mostDeliveries)
        """

    let sealing: Sealing
    let reading: @Sendable (Delivery) -> SubjectReading

    func next(_ db: Database) throws -> IndexCommand {
        let start = try Meta(db: db).value("indexed")
        var command = IndexCommand(start: start)
        let digest = try SubjectDigest(db)
        let rows = try Row.fetchCursor(db.cachedStatement(sql: Self.select), arguments: [start])
        var bytes = 0
        while bytes < Self.mostBytes, let row = try rows.next() {
            bytes += try row.decode(Int.self, forKey: "body_bytes")
            command.entries.append(try entry(row, digest))
        }
        return command
    }

    private func entry(_ row: Row, _ digest: SubjectDigest) throws -> IndexCommand.Entry {
        let seq: Int64 = try row.decode(forKey: "delivery_seq")
        guard let shop = try? row.shop() else { return IndexCommand.Entry(delivery: seq, shop: 0, subjects: []) }
        return IndexCommand.Entry(
            delivery: seq, shop: try digest.number(of: shop),
            subjects: [SubjectDigest.shop] + (try subjects(row, digest)))
    }

    private func subjects(_ row: Row, _ digest: SubjectDigest) throws -> [Data] {
        do {
            switch reading(try StoredDelivery(row).unpacked(sealing)) {
            case .read(let subjects): return try subjects.map { try digest.bytes(of: $0) }
            case .unreadable: return [SubjectDigest.unreadable]
            }
        } catch is PayloadGone {
            return []
        } catch {
            // Damaged, or its key is missing: it is searched when somebody's data is to be found.
            return [SubjectDigest.unreadable]
        }
    }
}

/// Puts deliveries into the subject index, unless somebody else has done so meanwhile.
struct IndexCommand: StoreCommand {
    struct Entry: Sendable {
        var delivery: Int64
        var shop: Int64
        var subjects: [Data]
    }

    /// Where the index stood when they were read.
    let start: Int64
    var entries: [Entry] = []

    func perform(in transaction: inout StoreTransaction) throws {
        let db = transaction.db
        let meta = Meta(db: db)
        guard let last = entries.last, try meta.value("indexed") == start else { return }
        for entry in entries {
            // A payload that went meanwhile leaves the shop's row alone.
            let isThere = try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT gone IS NULL FROM deliveries WHERE seq = ?"),
                arguments: [entry.delivery])
            guard let isThere else { continue }
            for subject in entry.subjects where isThere || subject == SubjectDigest.shop {
                try db.cachedStatement(
                    sql: "INSERT OR IGNORE INTO subjects (shop, subject, delivery) VALUES (?, ?, ?)"
                ).execute(arguments: [entry.shop, subject, entry.delivery])
            }
        }
        try meta.set("indexed", to: last.delivery)
    }
}
