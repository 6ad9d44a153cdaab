import Cryptography
import Foundation
import GRDB
import InboxCore

/// Searches payloads that could not be read for the index, byte by byte, for what the request itself names, and for the
/// orders that the index leads to: it holds digests, so each number of a payload is held against those.
///
/// One that holds an id, an address or a number of the request belongs to it. So does one that is damaged: nobody can
/// tell what is in it, and no handler can use it.
struct UnreadableSearch {
    static let mostDeliveries = 16

    static let select = """
        SELECT \(StoredDelivery.columns) FROM subjects
        JOIN deliveries ON deliveries.seq = subjects.delivery
        LEFT JOIN bodies ON bodies.delivery = deliveries.seq
        WHERE subjects.shop = ? AND subjects.subject = ? AND subjects.delivery > ? AND subjects.delivery < ?
        ORDER BY subjects.delivery LIMIT \(mostDeliveries)
        """

    let request: PrivacyRequest
    let sealing: Sealing

    struct Step: Sendable {
        var found: [Int64] = []
        /// `nil` when that was all.
        var next: Int64?
    }

    /// - Throws: ``PrivacyDelay`` when a payload's key is missing.
    func step(_ db: Database, after position: Int64) throws -> Step {
        let place = try RequestPlace(request, db)
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: Self.select),
            arguments: [place.shop, SubjectDigest.unreadable, position, place.seq])
        let orders = try KnownOrders(of: place, db)
        var step = Step()
        for row in rows {
            let seq: Int64 = try row.decode(forKey: "delivery_seq")
            if try isHit(row, orders) { step.found.append(seq) }
            step.next = seq
        }
        if rows.count < Self.mostDeliveries { step.next = nil }
        return step
    }

    private func isHit(_ row: Row, _ orders: KnownOrders) throws -> Bool {
        let body: Data
        do {
            body = try StoredDelivery(row).unpacked(sealing).body
        } catch SealError.missingKey(let id) {
            throw PrivacyDelay.missingKey(id.description)
        } catch {
            return true
        }
        let text = SearchableText(body)
        return try request.subjects.contains { text.names($0) } || orders.areNamed(in: text)
    }
}

/// The orders that a request is about, as the index knows them.
private struct KnownOrders {
    private let digest: SubjectDigest
    private let orders: Set<Data>

    init(of place: RequestPlace, _ db: Database) throws {
        digest = try SubjectDigest(db)
        orders = try Set(
            Data.fetchAll(
                db.cachedStatement(
                    sql: "SELECT subject FROM request_subjects WHERE request = ? AND substr(subject, 1, 1) = x'04'"),
                arguments: [place.id]))
    }

    func areNamed(in text: SearchableText) throws -> Bool {
        guard !orders.isEmpty else { return false }
        return try text.numbers.contains { orders.contains(try digest.bytes(of: .order($0))) }
    }
}

/// Puts deliveries that were found by searching into the index, under the subjects of the request.
struct LinkCommand: StoreCommand {
    let request: PrivacyRequest
    let deliveries: [Int64]

    func perform(in transaction: inout StoreTransaction) throws {
        let db = transaction.db
        let place = try RequestPlace(request, db)
        guard let subject = request.subjects.first else { return }
        let digest = try SubjectDigest(db).bytes(of: subject)
        for delivery in deliveries {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO subjects (shop, subject, delivery) VALUES (?, ?, ?)")
                .execute(arguments: [place.shop, digest, delivery])
        }
    }
}
