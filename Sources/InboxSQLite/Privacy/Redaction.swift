import Foundation
import GRDB
import InboxCore

/// Forgets whom deliveries concern: their payloads, what jobs said of them, their rows in the index, and what is
/// remembered of the resources that they are about.
struct Redaction {
    private let db: Database
    private let now: Date
    private var emptying: PayloadEmptying
    private var others: [String: Int] = [:]

    private static let reason = PayloadGone.erased.reason

    init(in transaction: StoreTransaction, at now: Date) {
        db = transaction.db
        self.now = now
        emptying = PayloadEmptying(db: transaction.db, sealing: transaction.sealing)
    }

    /// Rows that were erased, by table.
    var counts: [String: Int] { emptying.counts.merging(others) { $0 + $1 } }

    mutating func redact(_ delivery: Int64, in transaction: inout StoreTransaction) throws {
        try ResourceTraces(db: db, sealing: transaction.sealing).erase(of: delivery)
        try emptying.empty(delivery, because: .erased)
        try endJobs(of: delivery, in: &transaction)
        try eraseReasons(of: delivery)
        try db.cachedStatement(sql: "DELETE FROM subjects WHERE delivery = ? AND subject <> ?")
            .execute(arguments: [delivery, SubjectDigest.shop])
    }

    /// Jobs that still moved, or were held, are skipped. A worker that has one loses its lease, so nothing is written
    /// after. The one that does this has itself to end.
    private mutating func endJobs(of delivery: Int64, in transaction: inout StoreTransaction) throws {
        for job in try Jobs(db: db).ofDelivery(delivery) {
            guard job.record.handlerID != PrivacyHandler.id || job.record.state.name == .held else { continue }
            try Overwriting(db: db).zero("reason", of: "jobs", where: "id = ?", job.id)
            try transaction.skip(job.id, because: Self.reason, at: now)
            others["jobs", default: 0] += 1
        }
    }

    private mutating func eraseReasons(of delivery: Int64) throws {
        try Overwriting(db: db).zero("reason", of: "outcomes", where: "delivery = ? AND reason IS NOT NULL", delivery)
        try db.cachedStatement(sql: "UPDATE outcomes SET reason = ? WHERE delivery = ? AND reason IS NOT NULL")
            .execute(arguments: [Self.reason, delivery])
        others["reasons", default: 0] += db.changesCount
    }
}
