import Foundation
import GRDB
import InboxCore

@testable import InboxSQLite

/// The tables and commands of the SQLite inbox on a database in memory, without its writer.
final class TableStore: SimulatedStore {
    private let database: DatabaseQueue
    private var epoch: Int64 = 0
    private var ids = UUIDv7Generator(randomness: SystemRandomNumberGenerator())
    private var lastToken: Int64 = 0
    private var turns = ShopTurns()

    init() throws {
        database = try DatabaseQueue()
        try database.write { db in
            for version in Schema.current.versions {
                try db.execute(sql: version.sql)
                try version.then(db)
            }
        }
        try restart(at: Sample.start)
    }

    private func change<Value>(_ body: (inout StoreTransaction) throws -> Value) throws -> Value {
        let (value, ended) = try database.write { db in
            var transaction = StoreTransaction(
                db: db, sealing: .off, epoch: epoch, ids: ids, lastToken: lastToken, turns: turns)
            let value = try body(&transaction)
            try transaction.tally.add(to: db)
            return (value, transaction)
        }
        (ids, lastToken, turns) = (ended.ids, ended.lastToken, ended.turns)
        return value
    }

    func accept(_ delivery: Delivery, handlers: [JobPlan], holdReason: String?) throws -> Acceptance {
        try change { try AcceptCommand(delivery, handlers: handlers, holdReason: holdReason).perform(in: &$0) }
    }

    func claim(limit: Int, now: Date, leaseFor: Duration, passingOver paused: Set<String>) throws -> [Claim] {
        let command = ClaimCommand(limit: limit, now: now, leaseFor: leaseFor, paused: paused)
        return try change { try command.perform(in: &$0) }.map { try Claim($0, sealing: .off) }
    }

    func extend(_ claim: Claim, until: Date) throws -> Bool {
        try change { try ExtendCommand(job: claim.jobID, lease: claim.lease, until: until).perform(in: &$0) }
    }

    func finish(_ claim: Claim, with result: JobResult) throws -> Bool {
        let command = FinishCommand(
            job: claim.jobID, deliveryID: claim.deliveryID, lease: claim.lease, result: result)
        return try change { try command.perform(in: &$0) }
    }

    func giveBack(_ claim: Claim) throws {
        try change { try GiveBackCommand(job: claim.jobID, lease: claim.lease).perform(in: &$0) }
    }

    func restart(at now: Date) throws {
        epoch = try database.write { try Epoch.begin($0) }
        (lastToken, turns) = (0, ShopTurns())
        try change { try $0.reclaimAll(at: now) }
    }

    func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) throws -> Int {
        guard let id = UUID(uuidString: deliveryID) else { throw InboxError.noDelivery }
        return try change { try RetryCommand(delivery: id, handlers: handlers, anew: anew).perform(in: &$0) }
    }

    func nextDue() throws -> Date? {
        try database.read { try SQLiteInbox.nextDue($0) }
    }

    func counts() throws -> InboxCounts {
        try database.read { try InboxCounts.fetch($0) }
    }

    func detail(of deliveryID: String) throws -> EventDetail? {
        guard let id = UUID(uuidString: deliveryID) else { return nil }
        return try database.read { try EventDetail.fetch($0, delivery: id, sealing: .off) }
    }

    func job(_ id: Int64) throws -> QueuedJob? {
        try everyJob().first { $0.id == id }
    }

    func everyJob() throws -> [QueuedJob] {
        try database.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM jobs").map(QueuedJob.init)
                + Row.fetchAll(db, sql: Outcomes.asJobs).map(QueuedJob.init)
        }.sorted { $0.id < $1.id }
    }
}
