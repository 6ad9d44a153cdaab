import Bellhop
import Foundation
import InboxCore

/// What should be true of every job, kept apart from the inbox and by simpler means.
struct Books {
    private struct Entry {
        var counts = JobCounts()
        var lease: Lease?
        /// Since when it has been put off, from the first time on.
        var waitingSince: Date?
        /// A person put it back among the others, out of the order of deliveries.
        var isBack = false
    }

    /// The ids of what was stored, by webhook id.
    var ids: [String: String] = [:]
    /// Everything that was stored.
    var versions: [(delivery: Delivery, id: String)] = []
    private var entries: [Int64: Entry] = [:]

    func holds(_ claim: Claim) -> Bool {
        guard let lease = entries[claim.jobID]?.lease else { return false }
        return lease.token == claim.lease.token && lease.epoch == claim.lease.epoch
    }

    /// Whoever asks for work finds the leases that are over.
    mutating func expire(at now: Date) {
        for (id, entry) in entries {
            if let lease = entry.lease, lease.expiresAt <= now { crash(id) }
        }
    }

    mutating func crash() {
        for (id, entry) in entries where entry.lease != nil { crash(id) }
    }

    private mutating func crash(_ id: Int64) {
        entries[id]?.lease = nil
        entries[id]?.counts.crashes += 1
    }

    mutating func handOut(_ claim: Claim, at now: Date, in store: some SimulatedStore) throws {
        if let lease = entries[claim.jobID]?.lease {
            throw Violation("job \(claim.jobID) is handed out while a lease until \(lease.expiresAt) is held")
        }
        entries[claim.jobID, default: Entry()].lease = claim.lease
        let newest = versions.filter { other in
            other.delivery.shop == claim.delivery.shop && other.delivery.topic == claim.delivery.topic
                && other.delivery.resource == claim.delivery.resource
        }.compactMap(\.delivery.version).max()
        let isStale = claim.delivery.resource != nil && claim.delivery.version.map { $0 < newest ?? $0 } ?? false
        guard claim.isStale == isStale else {
            throw Violation("job \(claim.jobID): stale \(claim.isStale) instead of \(isStale)")
        }
        try checkOrder(of: claim, at: now, in: store)
    }

    mutating func finish(_ claim: Claim, _ outcome: JobResult.Outcome, at now: Date) {
        entries[claim.jobID]?.lease = nil
        switch outcome {
        case .done, .held, .dead: entries[claim.jobID]?.counts.attempts += 1
        case .skipped: break
        case .retry:
            entries[claim.jobID]?.counts.attempts += 1
            noteWait(claim.jobID, at: now)
        case .wait:
            entries[claim.jobID]?.counts.waits += 1
            noteWait(claim.jobID, at: now)
        }
    }

    mutating func end(_ claim: Claim) {
        entries[claim.jobID]?.lease = nil
    }

    mutating func extend(_ claim: Claim, until: Date) {
        entries[claim.jobID]?.lease?.expiresAt = until
    }

    mutating func beginAnew(_ job: Int64) {
        entries[job] = Entry(isBack: true)
    }

    private mutating func noteWait(_ job: Int64, at now: Date) {
        if entries[job]?.waitingSince == nil { entries[job]?.waitingSince = now }
    }

    /// Nobody older of its lane may still be moving when a job is handed out, unless it was waited for long enough.
    private func checkOrder(of claim: Claim, at now: Date, in store: some SimulatedStore) throws {
        guard let job = try store.job(claim.jobID), let lane = job.lane else { return }
        guard job.place != .behind else {
            throw Violation("job \(job.id) is handed out while it stands behind another")
        }
        // Whoever was let pass once runs when it likes.
        guard job.place == .head, entries[job.id]?.isBack != true else { return }
        for other in try store.everyJob() where other.id < job.id && other.lane == lane {
            guard [.ready, .running, .waiting].contains(other.record.state.name) else { continue }
            let entry = entries[other.id] ?? Entry()
            let isPatienceOver =
                entry.counts.failures >= 3
                || entry.waitingSince.map { now.timeIntervalSince($0) >= 600 } ?? false
            guard entry.isBack || isPatienceOver else {
                throw Violation("job \(job.id) goes before job \(other.id), \(other.record.state.name)")
            }
        }
    }

    func check(_ store: some SimulatedStore) throws {
        let jobs = try store.everyJob()
        var heads: Set<Lane> = []
        var runningSuspects = 0
        for job in jobs {
            let expected = entries[job.id] ?? Entry()
            guard job.record.counts == expected.counts else {
                throw Violation("job \(job.id) counts \(job.record.counts) instead of \(expected.counts)")
            }
            let isRunning = job.record.state.name == .running
            guard isRunning == (expected.lease != nil) else {
                throw Violation("job \(job.id) is \(job.record.state.name), lease \(expected.lease != nil)")
            }
            if job.record.crashes >= JobCounts.fatalCrashes, job.record.state.name != .dead {
                throw Violation("job \(job.id) lives on after \(job.record.crashes) crashes")
            }
            if isRunning, job.record.counts.isSuspect { runningSuspects += 1 }
            if job.place == .head, let lane = job.lane, !heads.insert(lane).inserted {
                throw Violation("a lane has two heads")
            }
        }
        if runningSuspects > 1 { throw Violation("\(runningSuspects) suspects run at once") }
        for job in jobs where job.place == .behind {
            guard let lane = job.lane, heads.contains(lane) else {
                throw Violation("job \(job.id) waits behind nobody")
            }
        }
        guard Set(jobs.map(\.id)).count == jobs.count, try store.counts().deliveries == ids.count else {
            throw Violation("a job is there twice, or a delivery is lost")
        }
    }
}
