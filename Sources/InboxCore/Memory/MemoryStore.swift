import Bellhop
package import Foundation

/// Everything that an inbox holds, as a plain value without clock or storage: what it is told, it does at once.
///
/// ``MemoryInbox`` wraps it; a simulation drives it. It keeps the rules of ``JobShelf``, as every inbox does.
package struct MemoryStore<Randomness: RandomNumberGenerator> {
    struct Receipt {
        var id: String
        var delivery: Delivery
        var duplicates = 0
    }

    struct Ended {
        var job: QueuedJob
        var ending: JobEnding
    }

    struct VersionKey: Hashable {
        var shop: String
        var resource: String
        var topic: Topic
    }

    /// By sequence number.
    var receipts: [Receipt] = []
    private var receiptsByID: [String: Int] = [:]
    private var seen: [SeenKey: Int] = [:]
    /// Jobs that are not over, oldest first.
    var live: [QueuedJob] = []
    /// Jobs that are, by id.
    var ended: [Int64: Ended] = [:]
    var calls: [Int64: [CallRecord]] = [:]
    var steps: [Int64: [JournaledStep]] = [:]
    var effects = MemoryEffects()
    var versions: [VersionKey: Date] = [:]
    var lastJobID: Int64 = 0
    package var turns = ShopTurns()
    /// Grows with each ``restart(at:)``.
    package private(set) var epoch: Int64 = 1
    private var lastToken: Int64 = 0
    private var ids: UUIDv7Generator<Randomness>
    /// Whether a job may have become ready since ``takeReadiness()`` was last asked.
    private var mayHaveReadied = false

    package init(randomness: Randomness) {
        ids = UUIDv7Generator(randomness: randomness)
    }

    package mutating func accept(_ delivery: Delivery, handlers: [JobPlan], holdReason: String?) -> Acceptance {
        let keys = delivery.seenKeys
        if let original = keys.compactMap({ seen[$0] }).first {
            receipts[original].duplicates += 1
            return .duplicate(of: receipts[original].id)
        }
        let id = ids.next(at: delivery.receivedAt).deliveryID
        let seq = receipts.count
        receiptsByID[id] = seq
        for key in keys { seen[key] = seq }
        receipts.append(Receipt(id: id, delivery: delivery))
        let arrival = Arrival(
            seq: Int64(seq), id: id, subject: JobSubject(delivery), receivedAt: delivery.receivedAt)
        accept(arrival, handlers: handlers, holdReason: holdReason)
        return .stored(id: id)
    }

    package mutating func claim(
        limit: Int, now: Date, leaseFor: Duration, passingOver paused: Set<String> = []
    ) -> [Claim] {
        let jobs: [QueuedJob] = claim(limit: limit, now: now, leaseFor: leaseFor, passingOver: paused)
        return jobs.compactMap { claim(of: $0) }
    }

    package mutating func extend(_ claim: Claim, until: Date) -> Bool {
        extend(claim.jobID, under: claim.lease, until: until)
    }

    package mutating func finish(_ claim: Claim, with result: JobResult) -> Bool {
        guard finish(claim.jobID, under: claim.lease, with: result) != nil else { return false }
        calls[claim.jobID, default: []] += result.calls
        if case .done(let wanted) = result.outcome { effects.plan(wanted, by: claim, at: result.finishedAt) }
        return true
    }

    package mutating func giveBack(_ claim: Claim) {
        giveBack(claim.jobID, under: claim.lease)
    }

    /// Begins the next epoch, as after the death of the process: all leases are void.
    package mutating func restart(at now: Date) {
        epoch += 1
        turns = ShopTurns()
        reclaimAll(at: now)
    }

    package func nextDue() -> Date? {
        live.compactMap { job in
            let isBlocking = job.place == .head && job.record.state.name == .waiting
            return [job.record.dueAt, isBlocking ? job.blocksUntil : nil].compactMap { $0 }.min()
        }.min()
    }

    /// Keeps a step as an inbox does that settles costs as well: only under the lease under which it was asked.
    package mutating func record(_ note: JournalNote) {
        guard isRunning(note.jobID, under: note.lease) else { return }
        steps[note.jobID, default: []].removeAll {
            $0.name == note.step.name && $0.occurrence == note.step.occurrence
        }
        steps[note.jobID, default: []].append(note.step)
    }

    package mutating func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) throws -> Int {
        guard let seq = receiptsByID[deliveryID] else { throw InboxError.noDelivery }
        let over = ended.values.filter { $0.job.delivery == seq }.map(\.job).sorted { $0.id < $1.id }
        for job in over { ended[job.id] = nil }
        let readied = retry(live: live.filter { $0.delivery == seq }, ended: over, handlers: handlers, anew: anew)
        guard !readied.isEmpty else { throw InboxError.nothingToRetry }
        if anew { for job in readied { steps[job] = nil } }
        return readied.count
    }

    package func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) throws -> [Claim] {
        guard let seq = receiptsByID[deliveryID] else { throw InboxError.noDelivery }
        return allJobs.filter { $0.delivery == seq }.flatMap { job in
            Claim.rehearsing(
                job.record, id: job.id, steps: steps[job.id] ?? [], deliveryID: deliveryID,
                delivery: receipts[seq].delivery, handlers: handlers)
        }
    }

    package mutating func retry(group fingerprint: ErrorFingerprint, failedBy latest: Date, limit: Int) -> Int {
        let failed = failedJobs.filter { $0.job.record.fingerprint == fingerprint && $0.at <= latest }
        var readied = 0
        for (job, _) in failed.sorted(by: { $0.at < $1.at }).prefix(max(0, limit)) {
            let isOver = ended.removeValue(forKey: job.id) != nil
            if isOver ? revive(job) : restart(job) { readied += 1 }
        }
        return readied
    }

    /// Whether a job may have become ready since this was last asked.
    package mutating func takeReadiness() -> Bool {
        defer { mayHaveReadied = false }
        return mayHaveReadied
    }

    package mutating func noteReady() {
        mayHaveReadied = true
    }

    package mutating func nextLease(until expiry: Date) -> Lease {
        lastToken += 1
        return Lease(token: lastToken, epoch: epoch, expiresAt: expiry)
    }

    func position(of deliveryID: String) -> Int? {
        receiptsByID[deliveryID]
    }

    /// Jobs that are dead, or held because of a failure, with the time of it.
    var failedJobs: [(job: QueuedJob, at: Date)] {
        let dead = ended.values.filter { $0.job.record.state.name == .dead }.map { ($0.job, $0.ending.finishedAt) }
        let held = live.compactMap { job in job.failedAt.map { (job, $0) } }
        return (dead + held).map { (job: $0.0, at: $0.1) }
    }

    private func claim(of job: QueuedJob) -> Claim? {
        guard case .running(let lease) = job.record.state else { return nil }
        let receipt = receipts[Int(job.delivery)]
        return Claim(
            jobID: job.id, deliveryID: receipt.id, handlerID: job.record.handlerID, attempt: job.record.attempts + 1,
            crashes: job.record.crashes, beganAt: job.record.beganAt, isStale: isStale(job), steps: steps[job.id] ?? [],
            charged: calls[job.id, default: []].flatMap(\.attempts).charged, lease: lease, delivery: receipt.delivery)
    }
}

extension MemoryStore: Sendable where Randomness: Sendable {}
