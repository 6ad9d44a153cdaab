import Bellhop
package import Foundation

/// An inbox that forgets everything with the process, for tests and dry runs.
package actor MemoryInbox: Inbox {
    private struct Receipt {
        var id: String
        var delivery: Delivery
        var duplicates = 0
    }

    private struct Job {
        var id: Int64
        /// Position in `receipts`.
        var receipt: Int
        var record: JobRecord
        var calls: [CallRecord] = []
        var steps: [JournaledStep] = []
        var finishedAt: Date?
    }

    private static let epoch: Int64 = 1

    private var receipts: [Receipt] = []
    private var receiptsByID: [String: Int] = [:]
    private var seen: [SeenKey: Int] = [:]
    /// Oldest first.
    private var jobs: [Job] = []
    private var lastJobID: Int64 = 0
    private var lastToken: Int64 = 0
    private var ids = UUIDv7Generator(randomness: SystemRandomNumberGenerator())
    private let signal = ChangeSignal()
    var effects = MemoryEffects()
    let effectSignal = ChangeSignal()

    package init() {}

    package nonisolated var changes: AsyncStream<Void> { signal.stream() }

    package func accept(_ delivery: Delivery, handlers: [JobPlan], holdReason: String?) -> Acceptance {
        let keys = delivery.seenKeys
        if let original = keys.lazy.compactMap({ self.seen[$0] }).first {
            receipts[original].duplicates += 1
            return .duplicate(of: receipts[original].id)
        }
        let id = ids.next(at: delivery.receivedAt).deliveryID
        receiptsByID[id] = receipts.count
        for key in keys {
            seen[key] = receipts.count
        }
        receipts.append(Receipt(id: id, delivery: delivery))
        add(JobRecord.initial(handlers: handlers, holdReason: holdReason), to: receipts.count - 1)
        return .stored(id: id)
    }

    package func claim(limit: Int, now: Date, leaseFor: Duration, passingOver: Set<String>) -> [Claim] {
        for index in jobs.indices {
            _ = jobs[index].record.becomeDue(at: now)
        }
        let ready = jobs.indices.lazy.filter {
            self.jobs[$0].record.state == .ready && !passingOver.contains(self.jobs[$0].record.handlerID)
        }.prefix(max(0, limit))
        return Array(ready).map { hand(out: $0, until: now + leaseFor.timeInterval) }
    }

    package func extend(_ claim: Claim, until: Date) -> Bool {
        guard let index = index(of: claim) else { return false }
        return jobs[index].record.extend(claim.lease, until: until)
    }

    package func finish(_ claim: Claim, with result: JobResult) -> Bool {
        guard let index = index(of: claim), jobs[index].record.finish(claim.lease, with: result) else { return false }
        jobs[index].calls += result.calls
        if case .done(let wanted) = result.outcome {
            effects.plan(wanted, by: claim, at: result.finishedAt)
            effectSignal.send()
        }
        switch jobs[index].record.state {
        case .done, .skipped, .dead: jobs[index].finishedAt = result.finishedAt
        case .waiting: signal.send()
        case .ready, .running, .held: break
        }
        return true
    }

    package func giveBack(_ claim: Claim) {
        guard let index = index(of: claim), jobs[index].record.giveBack(claim.lease) else { return }
        signal.send()
    }

    package func nextDue() -> Date? {
        jobs.compactMap(\.record.dueAt).min()
    }

    /// Keeps a step as an inbox does that settles costs as well: only under the lease under which it was asked.
    package func record(_ note: JournalNote) {
        guard let index = jobs.firstIndex(where: { $0.id == note.jobID }),
            case .running(let lease) = jobs[index].record.state, lease.token == note.token, lease.epoch == note.epoch
        else { return }
        jobs[index].steps.removeAll { $0.name == note.step.name && $0.occurrence == note.step.occurrence }
        jobs[index].steps.append(note.step)
    }

    package func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) throws -> Int {
        guard let receipt = receiptsByID[deliveryID] else { throw InboxError.noDelivery }
        let readied = bind(handlers, to: receipt) + runAgain(receipt, anew: anew)
        guard readied > 0 else { throw InboxError.nothingToRetry }
        signal.send()
        return readied
    }

    package func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) throws -> [Claim] {
        guard let position = receiptsByID[deliveryID] else { throw InboxError.noDelivery }
        let receipt = receipts[position]
        return jobs.filter { $0.receipt == position }.flatMap { job in
            Claim.rehearsing(
                job.record, id: job.id, steps: job.steps, deliveryID: receipt.id, delivery: receipt.delivery,
                handlers: handlers)
        }
    }

    package func list(_ filter: EventFilter) -> [EventSummary] {
        Array(
            jobs.reversed().lazy
                .map { self.summary(of: $0) }
                .filter { filter.matches($0) }
                .prefix(filter.limit))
    }

    package func detail(of deliveryID: String) -> EventDetail? {
        guard let position = receiptsByID[deliveryID] else { return nil }
        let receipt = receipts[position]
        return EventDetail(
            deliveryID: receipt.id, delivery: receipt.delivery, duplicates: receipt.duplicates,
            jobs: jobs.filter { $0.receipt == position }.map { job in
                EventDetail.Job(
                    summary: summary(of: job), calls: job.calls,
                    effects: effects.ofJob(job.id))
            })
    }

    package func counts() -> InboxCounts {
        InboxCounts(
            jobs: Dictionary(grouping: jobs, by: \.record.state.name).mapValues(\.count),
            deliveries: receipts.count,
            duplicates: receipts.map(\.duplicates).reduce(0, +))
    }

    private func add(_ records: [JobRecord], to receipt: Int) {
        for record in records {
            lastJobID += 1
            jobs.append(Job(id: lastJobID, receipt: receipt, record: record))
        }
        if records.contains(where: { $0.state == .ready }) { signal.send() }
    }

    private func hand(out index: Int, until: Date) -> Claim {
        lastToken += 1
        let lease = Lease(token: lastToken, epoch: Self.epoch, expiresAt: until)
        _ = jobs[index].record.claim(under: lease)
        let job = jobs[index]
        let receipt = receipts[job.receipt]
        return Claim(
            jobID: job.id, deliveryID: receipt.id, handlerID: job.record.handlerID, attempt: job.record.attempts + 1,
            steps: job.steps, lease: lease, delivery: receipt.delivery)
    }

    private func index(of claim: Claim) -> Int? {
        jobs.firstIndex { $0.id == claim.jobID }
    }

    /// Replaces the mark that no handler was bound by jobs for the handlers bound now.
    private func bind(_ handlers: [JobPlan], to receipt: Int) -> Int {
        guard !handlers.isEmpty, let unbound = jobs.firstIndex(where: { $0.receipt == receipt && $0.record.isUnbound })
        else { return 0 }
        jobs.remove(at: unbound)
        let records = JobRecord.initial(handlers: handlers)
        add(records, to: receipt)
        return records.count
    }

    private func runAgain(_ receipt: Int, anew: Bool) -> Int {
        var readied = 0
        for index in jobs.indices where jobs[index].receipt == receipt && jobs[index].record.runAgain() {
            jobs[index].finishedAt = nil
            if anew { jobs[index].steps = [] }
            readied += 1
        }
        return readied
    }

    private func summary(of job: Job) -> EventSummary {
        let receipt = receipts[job.receipt]
        return EventSummary(
            deliveryID: receipt.id, job: job.record, topic: receipt.delivery.topic, shop: receipt.delivery.shop,
            webhookID: receipt.delivery.webhookID, receivedAt: receipt.delivery.receivedAt,
            finishedAt: job.finishedAt, duplicates: receipt.duplicates)
    }
}
