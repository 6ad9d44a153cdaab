package import Foundation

/// Where deliveries are kept and jobs are handed out.
///
/// **For callers.** When a method that changes something returns, the change is on stable storage.
///
/// **For implementers.** A cancelled caller never cancels a write. Times come from the caller; the implementation has
/// no clock. Every implementation passes the conformance suite in `Tests/InboxTests`.
package protocol Inbox: Sendable {
    /// Stores a delivery with one job for each handler, or finds that it is there already.
    ///
    /// A delivery without handlers gets one job in the state held, so that nothing is dropped in silence. A duplicate
    /// is one with the same sender, shop and webhook id, or with the same sender, shop, topic, event id (if any) and
    /// body hash; it is counted on the stored delivery. Ids are remembered for at least 30 days.
    ///
    /// - Parameters:
    ///   - delivery: given away, so that its body as it came need not be kept while a packed one waits to be stored.
    ///   - holdReason: when given, the jobs start held with this reason instead of ready.
    /// - Throws: ``InboxError`` `.storage`, `.overloaded` or `.closed`; nothing was stored then.
    func accept(_ delivery: consuming Delivery, handlers: [JobPlan], holdReason: String?) async throws -> Acceptance

    /// Takes up to `limit` jobs that are ready, or whose waiting time has come: the shops in turn, within a shop the
    /// highest priority first and then the oldest.
    ///
    /// Jobs about the same resource of a shop go to their handler in the order of their deliveries, unless the first
    /// keeps the others waiting for too long. Jobs whose lease has expired, or that an earlier epoch had claimed, count
    /// as ready and as crashed. Claiming does not count as an attempt; recording an outcome that failed does.
    ///
    /// - Parameter paused: handlers whose jobs stay where they are, at no cost however many these are.
    func claim(limit: Int, now: Date, leaseFor: Duration, passingOver paused: Set<String>) async throws -> [Claim]

    /// Makes the lease last until a new moment.
    ///
    /// - Returns: `false` when the lease has been lost; the worker must stop and record nothing.
    func extend(_ claim: Claim, until: Date) async throws -> Bool

    /// Records how an attempt ended: outcome, calls, costs and effects in one commit.
    ///
    /// - Returns: `false` when the lease has been lost, in which case nothing was recorded.
    /// - Throws: ``InboxError`` `.storage` while the storage fails; `.damaged` when this result cannot be recorded,
    ///   also not by trying again.
    func finish(_ claim: Claim, with result: JobResult) async throws -> Bool

    /// Gives a claimed job back unfinished, without using up an attempt.
    func giveBack(_ claim: Claim) async throws

    /// When the earliest waiting job becomes ready, the earliest lease expires, or the first job that keeps others
    /// waiting lets them pass; `nil` when there is none.
    func nextDue() async throws -> Date?

    /// The jobs of all deliveries, newest first.
    func list(_ filter: EventFilter) async throws -> [EventSummary]

    /// One delivery, or `nil` when there is none with that id.
    func detail(of deliveryID: String) async throws -> EventDetail?

    /// Makes the held, waiting, dead, skipped or done jobs of a delivery ready again, with their counts set to zero.
    ///
    /// Calls that were recorded stay; what becomes of the effects of the earlier run when the job next finishes, an
    /// ``EffectPlan`` says.
    ///
    /// - Parameters:
    ///   - handlers: the handlers bound to the delivery's topic now; a delivery that had none gets jobs for these.
    ///   - anew: forgets what the questions of earlier runs were answered, so that all of them are asked again; else
    ///     only those that have no recorded answer are.
    /// - Returns: the number of jobs that became ready.
    /// - Throws: ``InboxError`` `.notFound`, or `.conflict` when every job is ready or running already, or when there
    ///   is still no handler for the delivery.
    func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) async throws -> Int

    /// The jobs of a delivery, whatever their state, as claims without a lease: to rehearse with. Nothing changes.
    ///
    /// - Parameter handlers: as for ``retry(_:handlers:anew:)``.
    /// - Throws: ``InboxError`` `.notFound`, or `.conflict` when the payload is not there any more or damaged.
    func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) async throws -> [Claim]

    func counts() async throws -> InboxCounts

    /// Jobs that came to a stop, by what they failed of: the largest groups first.
    func deadGroups(limit: Int) async throws -> [DeadGroup]

    /// Makes some jobs of a group ready again, those that failed longest ago first, with their attempts set to zero.
    ///
    /// - Parameters:
    ///   - latest: jobs that failed later are left alone, so that calling again does not meet those that fail once
    ///     more.
    ///   - limit: small, so that one call stays short.
    /// - Returns: how many became ready; 0 when none is left.
    func retry(group fingerprint: ErrorFingerprint, failedBy latest: Date, limit: Int) async throws -> Int

    /// How the storage is.
    var condition: StorageCondition { get async }

    /// A signal after each change that may have made a job ready. It says nothing about how many.
    ///
    /// Each call gives a stream of its own, which keeps one signal for a listener that is busy.
    var changes: AsyncStream<Void> { get }
}

extension Inbox {
    /// Always well, for an inbox that has no storage.
    package var condition: StorageCondition { StorageCondition(.working) }

    /// Takes jobs of every handler.
    package func claim(limit: Int, now: Date, leaseFor: Duration) async throws -> [Claim] {
        try await claim(limit: limit, now: now, leaseFor: leaseFor, passingOver: [])
    }

    /// Runs a delivery again, keeping what was answered.
    package func retry(_ deliveryID: String, handlers: [JobPlan]) async throws -> Int {
        try await retry(deliveryID, handlers: handlers, anew: false)
    }
}
