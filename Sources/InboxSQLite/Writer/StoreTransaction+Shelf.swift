import Bellhop
import Foundation
import GRDB
import InboxCore

/// The rules of queueing, kept on the tables.
extension StoreTransaction: JobShelf {
    typealias Failure = any Error

    private var jobs: Jobs { Jobs(db: db) }

    func reasonToStop(_ subject: JobSubject) throws -> String? {
        try AbsentShops(db: db).reasonToStop(subject)
    }

    mutating func forgetCharges(ofJob id: Int64) throws {
        try Calls(db: db).forgetCharges(ofJob: id)
    }

    mutating func noteReady() {
        mayHaveReadiedJobs = true
    }

    func job(_ id: Int64) throws -> QueuedJob? {
        try jobs.find(id)
    }

    func head(of lane: Lane) throws -> QueuedJob? {
        try jobs.first(sql: Jobs.head, lane.arguments)
    }

    func oldestBehind(in lane: Lane) throws -> QueuedJob? {
        try jobs.first(sql: Jobs.oldestBehind, lane.arguments)
    }

    func replaceable(in lane: Lane, topic: Topic) throws -> QueuedJob? {
        try jobs.first(sql: Jobs.replaceable, lane.arguments + [topic.rawValue])
    }

    func due(by now: Date, limit: Int) throws -> [Int64] {
        try jobs.ids(sql: Jobs.due, [Timestamp(now), limit])
    }

    func overdueHeads(by now: Date, limit: Int) throws -> [Int64] {
        try jobs.ids(sql: Jobs.overdueHeads, [Timestamp(now), limit])
    }

    func runningJobs() throws -> [Int64] {
        try jobs.ids(sql: Jobs.running)
    }

    func deliveryID(_ seq: Int64) throws -> String {
        guard let id = try Deliveries(db: db).id(of: seq) else { throw DamagedRow(column: "delivery") }
        return id.deliveryID
    }

    func readyHandler(after handler: String?) throws -> String? {
        try jobs.text(sql: Jobs.readyHandler, [handler ?? ""])
    }

    func readyShop(from bound: ShopTurns.Bound, for handler: String) throws -> String? {
        switch bound {
        case .from(let shop): try jobs.text(sql: Jobs.readyShopFrom, [handler, shop])
        case .after(let shop): try jobs.text(sql: Jobs.readyShopAfter, [handler, shop])
        }
    }

    func bestReady(of shop: String, for handler: String) throws -> QueuedJob? {
        try jobs.first(sql: Jobs.bestReady, [handler, shop])
    }

    func hasRunningSuspect() throws -> Bool {
        try !jobs.ids(sql: Jobs.runningSuspect).isEmpty
    }

    func suspectHandler(after handler: String?) throws -> String? {
        try jobs.text(sql: Jobs.suspectHandler, [handler ?? ""])
    }

    func oldestSuspect(for handler: String) throws -> QueuedJob? {
        try jobs.first(sql: Jobs.oldestSuspect, [handler])
    }

    func newestVersion(of subject: JobSubject) throws -> Date? {
        try NewestVersions(db: db).find(subject)
    }

    mutating func noteVersion(of subject: JobSubject, receivedAt: Date) throws {
        try NewestVersions(db: db).note(subject, at: receivedAt)
    }

    mutating func insert(_ job: QueuedJob) throws -> Int64 {
        try jobs.insert(job)
    }

    mutating func update(_ job: QueuedJob) throws {
        try jobs.update(job)
    }

    mutating func remove(_ job: QueuedJob) throws {
        try jobs.remove(job.id)
    }

    mutating func end(_ job: QueuedJob, _ ending: JobEnding) throws {
        try jobs.remove(job.id)
        try Outcomes(db: db).insert(job, ending)
        tally.count(job.record.state.name, 1)
    }

    /// Takes a job that was over from where it is kept.
    mutating func takeBack(_ job: QueuedJob) throws {
        try Outcomes(db: db).remove(job.id)
        tally.count(job.record.state.name, -1)
    }
}

extension Lane {
    fileprivate var arguments: StatementArguments { [shop, resource, handlerID] }
}
