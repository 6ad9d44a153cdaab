import Bellhop
import Foundation
import GRDB
import InboxCore

/// Puts what stands for an erased shop in the place of its name in the labels of the ledger. Amounts stay: what was
/// spent was spent.
struct LedgerLabels {
    let db: Database

    /// The labels of a request that is about to be recorded. The job that makes it may not know yet that it was ended,
    /// and the shop of its event erased.
    ///
    /// - Parameter reference: the event.
    func current(_ labels: String, reference: String?) throws -> String {
        guard let reference, let event = UUID(uuidString: reference) else { return labels }
        let erased = try String.fetchOne(
            db.cachedStatement(sql: "SELECT shop FROM deliveries WHERE id = ? AND gone = 'erased'"),
            arguments: [event])
        guard let erased else { return labels }
        let digest = try SubjectDigest(db)
        return try replace(in: labels) { label in
            guard let shop = Shop(domain: label), try digest.pseudonym(of: shop).domain == erased else { return label }
            return erased
        }
    }

    /// Replaces a shop's name in a stretch of the ledger.
    ///
    /// - Returns: the number of rows that had it.
    func replace(_ shop: Shop, for request: PrivacyRequest, at place: RequestPlace, from start: Int64, to end: Int64)
        throws -> Int
    {
        let pseudonym = try SubjectDigest(db).pseudonym(of: shop).domain
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT seq, at, reference, labels FROM ledger
                    WHERE seq > ? AND seq <= ? AND instr(labels, ?) > 0
                    """), arguments: [start, end, shop.domain])
        var replaced = 0
        for row in rows where try isConcerned(row, request, place) {
            let before: String = try row.decode(forKey: "labels")
            let after = try replace(in: before) { $0 == shop.domain ? pseudonym : $0 }
            guard after != before else { continue }
            let seq: Int64 = try row.decode(forKey: "seq")
            try Overwriting(db: db).zero("labels", of: "ledger", where: "seq = ?", seq)
            try db.cachedStatement(sql: "UPDATE ledger SET labels = ? WHERE seq = ?").execute(arguments: [after, seq])
            replaced += 1
        }
        return replaced
    }

    /// Whether it was asked before the request, or for an event from before it.
    private func isConcerned(_ row: Row, _ request: PrivacyRequest, _ place: RequestPlace) throws -> Bool {
        let at: Timestamp = try row.decode(forKey: "at")
        if at.microseconds <= Timestamp(request.requestedAt).microseconds { return true }
        guard let reference = try row.decode(String?.self, forKey: "reference"),
            let event = UUID(uuidString: reference), let seq = try Deliveries(db: db).seq(of: event)
        else { return false }
        return seq <= place.seq
    }

    private func replace(in labels: String, _ change: (String) throws -> String) throws -> String {
        let before = try JSON.decode([String: String].self, from: labels)
        let after = try before.mapValues(change)
        return after == before ? labels : try JSON.encode(after)
    }
}
