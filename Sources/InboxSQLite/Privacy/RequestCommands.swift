import Bellhop
import Foundation
import GRDB
import InboxCore

/// Notes a request and everything that it is about: what it names, and the orders of the customer that it names.
struct BeginRequestCommand: StoreCommand {
    /// The orders whose payloads show the customer; whoever has only the order's number in it belongs to them too.
    static let selectOrders = """
        SELECT DISTINCT ?1, other.subject
        FROM request_subjects
        CROSS JOIN subjects ON subjects.shop = ?2 AND subjects.subject = request_subjects.subject
        JOIN deliveries ON deliveries.seq = subjects.delivery
        JOIN subjects AS other ON other.delivery = subjects.delivery
        WHERE request_subjects.request = ?1 AND subjects.delivery <= ?3 AND deliveries.topic LIKE 'orders/%'
          AND substr(other.subject, 1, 1) = x'04'
        """

    let request: PrivacyRequest

    func perform(in transaction: inout StoreTransaction) throws {
        let db = transaction.db
        let place = try RequestPlace(request, db)
        let digest = try SubjectDigest(db)
        for subject in request.subjects {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO request_subjects (request, subject) VALUES (?, ?)")
                .execute(arguments: [place.id, try digest.bytes(of: subject)])
        }
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO request_subjects \(Self.selectOrders)")
            .execute(arguments: [place.id, place.shop, place.seq])
        switch request.kind {
        case .eraseCustomer, .eraseShop: try Erasures(db: db).begin(request, id: place.id)
        case .exportCustomer: try DataRequests(db: db).begin(request, id: place.id)
        }
    }
}

/// Where a request stands in the database.
struct RequestPlace {
    let id: UUID
    /// What came later is none of its business.
    let seq: Int64
    /// The shop, as `subjects` names it.
    let shop: Int64

    /// - Throws: ``InboxError`` `.notFound` when its delivery is not there.
    init(_ request: PrivacyRequest, _ db: Database) throws {
        guard let id = UUID(uuidString: request.deliveryID), let seq = try Deliveries(db: db).seq(of: id) else {
            throw InboxError.noDelivery
        }
        self.id = id
        self.seq = seq
        shop = try SubjectDigest(db).number(of: request.shop)
    }
}

/// Which deliveries a request is about, but for its own.
struct RequestHits {
    /// Another request about the same data is not finished with it. One that is held may be so for ever.
    private static let isBusy = """
        EXISTS (SELECT 1 FROM jobs WHERE jobs.delivery = subjects.delivery AND jobs.handler = '\(PrivacyHandler.id)'
          AND jobs.state <> 'held')
        """

    let db: Database
    let request: PrivacyRequest
    let place: RequestPlace

    init(_ request: PrivacyRequest, _ db: Database) throws {
        self.db = db
        self.request = request
        place = try RequestPlace(request, db)
    }

    func free(after position: Int64 = 0, limit: Int) throws -> [Int64] {
        try select("AND NOT \(Self.isBusy)", after: position, limit: limit)
    }

    func busy() throws -> [Int64] {
        try select("AND \(Self.isBusy)", after: 0, limit: 1)
    }

    /// All, busy or not.
    func any(after position: Int64, limit: Int) throws -> [Int64] {
        try select("", after: position, limit: limit)
    }

    private func select(_ condition: String, after position: Int64, limit: Int) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(sql: Self.sql(for: request.kind, condition)),
            arguments: [place.id, place.shop, position, place.seq, limit])
    }

    static func sql(for kind: PrivacyRequest.Kind, _ condition: String) -> String {
        switch kind {
        case .eraseShop:
            """
            SELECT subjects.delivery FROM subjects
            WHERE ?1 IS NOT NULL AND subjects.shop = ?2 AND subjects.subject = x'00'
              AND subjects.delivery > ?3 AND subjects.delivery < ?4 \(condition)
            ORDER BY subjects.delivery LIMIT ?5
            """
        case .eraseCustomer, .exportCustomer:
            """
            SELECT DISTINCT subjects.delivery FROM request_subjects
            CROSS JOIN subjects ON subjects.shop = ?2 AND subjects.subject = request_subjects.subject
            WHERE request_subjects.request = ?1 AND subjects.delivery > ?3 AND subjects.delivery < ?4 \(condition)
            ORDER BY subjects.delivery LIMIT ?5
            """
        }
    }
}
