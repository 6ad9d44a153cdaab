import Bellhop
import Foundation
import GRDB
import InboxCore

/// Erases some of what a request is about.
struct EraseNextCommand: StoreCommand {
    /// The most that one step erases, in deliveries and in bytes of bodies; one delivery in any case.
    static let mostDeliveries = 32
    static let mostBytes = 2 << 20

    let request: PrivacyRequest
    let now: Date

    /// - Returns: whether there may be more.
    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let db = transaction.db
        let hits = try RequestHits(request, db)
        let found = try hits.free(limit: Self.mostDeliveries)
        let deliveries = try Deliveries(db: db).first(of: found, upTo: Self.mostBytes)
        try Eraser(request, at: now, in: transaction).erase(deliveries, in: &transaction)
        return found.count == Self.mostDeliveries || deliveries.count < found.count
    }
}

/// Erases the request's own payload. Its other jobs have ended.
struct EraseRequestCommand: StoreCommand {
    let request: PrivacyRequest
    let now: Date

    /// - Returns: `false` when another handler still works on the request.
    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let db = transaction.db
        let place = try RequestPlace(request, db)
        let others = try Jobs(db: db).ofDelivery(place.seq).contains { $0.record.handlerID != PrivacyHandler.id }
        guard !others else { return false }
        let traces = ResourceTraces(db: db, sealing: transaction.sealing)
        for subject in request.subjects { try traces.erase(of: subject, in: request.shop) }
        try Eraser(request, at: now, in: transaction).erase([place.seq], in: &transaction)
        try db.cachedStatement(sql: "DELETE FROM request_subjects WHERE request = ?").execute(arguments: [place.id])
        return true
    }
}

/// Erases deliveries for a request and adds to its proof, in the same commit.
struct Eraser {
    private let request: PrivacyRequest
    private let now: Date
    private let db: Database
    private let place: RequestPlace

    init(_ request: PrivacyRequest, at now: Date, in transaction: StoreTransaction) throws {
        self.request = request
        self.now = now
        db = transaction.db
        place = try RequestPlace(request, db)
    }

    func erase(_ deliveries: [Int64], in transaction: inout StoreTransaction) throws {
        var redaction = Redaction(in: transaction, at: now)
        for delivery in deliveries {
            try redaction.redact(delivery, in: &transaction)
            if request.kind == .eraseShop { try forgetShop(of: delivery) }
        }
        try Erasures(db: db).add(redaction.counts, to: place.id)
    }

    private func forgetShop(of delivery: Int64) throws {
        let pseudonym = try SubjectDigest(db).pseudonym(of: request.shop).domain
        try Overwriting(db: db).zero("shop", of: "deliveries", where: "seq = ?", delivery)
        try db.cachedStatement(sql: "UPDATE deliveries SET shop = ? WHERE seq = ?")
            .execute(arguments: [pseudonym, delivery])
        try Overwriting(db: db).zero("shop", of: "jobs", where: "delivery = ?", delivery)
        try db.cachedStatement(sql: "UPDATE jobs SET shop = ? WHERE delivery = ?")
            .execute(arguments: [pseudonym, delivery])
        try db.cachedStatement(sql: "DELETE FROM subjects WHERE delivery = ?").execute(arguments: [delivery])
    }
}
