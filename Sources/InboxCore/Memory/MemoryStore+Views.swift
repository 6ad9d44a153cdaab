import Bellhop
import Foundation
import Vocabulary

extension MemoryStore {
    package func list(_ filter: EventFilter) -> [EventSummary] {
        allJobs.reversed().map { summary(of: $0) }.filter { filter.matches($0) }.prefix(filter.limit).map { $0 }
    }

    package func detail(of deliveryID: String) -> EventDetail? {
        guard let seq = position(of: deliveryID) else { return nil }
        let receipt = receipts[seq]
        return EventDetail(
            deliveryID: receipt.id, delivery: receipt.delivery, duplicates: receipt.duplicates,
            jobs: allJobs.filter { $0.delivery == seq }.map { detail(of: $0, in: receipt) })
    }

    package func counts() -> InboxCounts {
        InboxCounts(
            jobs: Dictionary(grouping: allJobs, by: \.record.state.name).mapValues(\.count),
            deliveries: receipts.count, duplicates: receipts.map(\.duplicates).reduce(0, +))
    }

    package func deadGroups(limit: Int) -> [DeadGroup] {
        let groups = Dictionary(grouping: failedJobs) { $0.job.record.fingerprint }
        return groups.compactMap { fingerprint, jobs in fingerprint.flatMap { group($0, of: jobs) } }
            .sorted { ($1.count, $0.fingerprint) < ($0.count, $1.fingerprint) }
            .prefix(max(0, limit)).map { $0 }
    }

    /// Oldest first.
    package var allJobs: [QueuedJob] {
        (live + ended.values.map(\.job)).sorted { $0.id < $1.id }
    }

    private func group(_ fingerprint: ErrorFingerprint, of failed: [(job: QueuedJob, at: Date)]) -> DeadGroup? {
        let times = failed.map(\.at)
        guard let last = failed.max(by: { $0.at < $1.at }), let first = times.min() else { return nil }
        let jobs = failed.map(\.job)
        let shops = Dictionary(grouping: jobs, by: \.subject.shop).map {
            DeadGroup.ShopCount(shop: $0, count: $1.count)
        }
        let dead = jobs.count { $0.record.state.name == .dead }
        return DeadGroup(
            fingerprint: fingerprint.text, handlerID: last.job.record.handlerID,
            reason: last.job.record.state.reason ?? "", dead: dead, held: jobs.count - dead,
            shops: Array(
                shops.sorted { ($1.count, $0.shop) < ($0.count, $1.shop) }.prefix(DeadGroup.mostShops)),
            firstAt: first, lastAt: last.at, cost: jobs.map(\.record.cost).total(),
            attempts: jobs.map { max(1, $0.record.attempts) }.reduce(0, +),
            usualCost: usualCost(of: last.job.record.handlerID))
    }

    /// What a job of the handler that went well costs on the mean.
    private func usualCost(of handlerID: String) -> USD? {
        let done = ended.values.map(\.job.record).filter { $0.state == .done && $0.handlerID == handlerID }
        return done.isEmpty ? nil : USD(nanos: done.map(\.cost).total().nanos / Int64(done.count))
    }

    private func detail(of job: QueuedJob, in receipt: Receipt) -> EventDetail.Job {
        let covered = ended.values.filter {
            $0.ending.coveredBy == job.delivery && $0.job.record.handlerID == job.record.handlerID
        }
        return EventDetail.Job(
            summary: summary(of: job), calls: calls[job.id] ?? [],
            effects: effects.ofJob(job.id),
            coveredBy: ended[job.id]?.ending.coveredBy.map { deliveryID($0) },
            covers: covered.sorted { $0.job.id < $1.job.id }.map { deliveryID($0.job.delivery) })
    }

    private func summary(of job: QueuedJob) -> EventSummary {
        let receipt = receipts[Int(job.delivery)]
        return EventSummary(
            deliveryID: receipt.id, job: job.record, isBehind: job.place == .behind, topic: receipt.delivery.topic,
            shop: receipt.delivery.shop, webhookID: receipt.delivery.webhookID,
            receivedAt: receipt.delivery.receivedAt, finishedAt: ended[job.id]?.ending.finishedAt,
            duplicates: receipt.duplicates)
    }
}
