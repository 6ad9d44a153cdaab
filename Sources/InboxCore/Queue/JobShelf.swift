package import Bellhop
package import Foundation

/// Where the jobs of an inbox stand: what the rules of queueing need to find, and to write down.
///
/// The rules themselves are in this protocol's extensions, so that every inbox keeps the same ones. **For
/// implementers.** Each requirement is one step along an index: its cost must grow neither with the backlog nor with
/// the history. Texts compare byte by byte.
package protocol JobShelf {
    associatedtype Failure: Error

    /// Whose turn it is.
    var turns: ShopTurns { get set }
    /// Makes the next lease of this epoch.
    mutating func nextLease(until expiry: Date) -> Lease
    /// Notes that a job may have become ready, or will earlier than somebody thinks.
    mutating func noteReady()

    func job(_ id: Int64) throws(Failure) -> QueuedJob?
    func head(of lane: Lane) throws(Failure) -> QueuedJob?
    func oldestBehind(in lane: Lane) throws(Failure) -> QueuedJob?
    /// The one job of a lane and a topic whose place a newer version may take.
    func replaceable(in lane: Lane, topic: Topic) throws(Failure) -> QueuedJob?
    /// The ids of jobs whose waiting time or lease is over, longest ago first.
    func due(by now: Date, limit: Int) throws(Failure) -> [Int64]
    /// The ids of heads that wait and have kept their lanes waiting for too long.
    func overdueHeads(by now: Date, limit: Int) throws(Failure) -> [Int64]
    func runningJobs() throws(Failure) -> [Int64]
    /// The id by which a delivery is known outside.
    func deliveryID(_ seq: Int64) throws(Failure) -> String

    /// The first handler after this one that has claimable jobs which are no suspects.
    func readyHandler(after handler: String?) throws(Failure) -> String?
    /// The first shop from the bound on that has such jobs for the handler.
    func readyShop(from bound: ShopTurns.Bound, for handler: String) throws(Failure) -> String?
    /// Of such jobs the one with the highest priority, the oldest of these.
    func bestReady(of shop: String, for handler: String) throws(Failure) -> QueuedJob?
    func hasRunningSuspect() throws(Failure) -> Bool
    /// The first handler after this one that has claimable suspects.
    func suspectHandler(after handler: String?) throws(Failure) -> String?
    func oldestSuspect(for handler: String) throws(Failure) -> QueuedJob?

    /// The newest version that was received of the resource under the topic.
    func newestVersion(of subject: JobSubject) throws(Failure) -> Date?
    /// Remembers the version if there is one and it is newer than all before.
    mutating func noteVersion(of subject: JobSubject, receivedAt: Date) throws(Failure)

    /// Why a job that came off its run must not run again by itself; `nil` when it may.
    func reasonToStop(_ subject: JobSubject) throws(Failure) -> String?

    /// Lets what a job's earlier runs were charged count no more against its event's spend limit.
    mutating func forgetCharges(ofJob id: Int64) throws(Failure)

    /// - Returns: the id, which is the job's own unless that is 0.
    mutating func insert(_ job: QueuedJob) throws(Failure) -> Int64
    mutating func update(_ job: QueuedJob) throws(Failure)
    /// Takes a job away for good.
    mutating func remove(_ job: QueuedJob) throws(Failure)
    /// Moves a job whose record has come to an end out of the way of the others.
    mutating func end(_ job: QueuedJob, _ ending: JobEnding) throws(Failure)
}

/// When and why a job was over.
package struct JobEnding: Sendable, Hashable {
    package var startedAt: Date
    package var finishedAt: Date
    /// Sequence number of the delivery that took the job's place.
    package var coveredBy: Int64?

    package init(startedAt: Date, finishedAt: Date, coveredBy: Int64? = nil) {
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.coveredBy = coveredBy
    }

    package init(at moment: Date, coveredBy: Int64? = nil) {
        self.init(startedAt: moment, finishedAt: moment, coveredBy: coveredBy)
    }
}
