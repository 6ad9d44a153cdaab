package import Foundation

/// A delivery that was stored just now.
package struct Arrival: Sendable {
    /// Its sequence number.
    package var seq: Int64
    package var id: String
    package var subject: JobSubject
    package var receivedAt: Date

    package init(seq: Int64, id: String, subject: JobSubject, receivedAt: Date) {
        self.seq = seq
        self.id = id
        self.subject = subject
        self.receivedAt = receivedAt
    }
}

extension JobShelf {
    /// Makes the jobs of a new delivery: one for each handler, or a held one when there is none.
    package mutating func accept(
        _ arrival: Arrival, handlers: [JobPlan], holdReason: String?
    ) throws(Failure) {
        try noteVersion(of: arrival.subject, receivedAt: arrival.receivedAt)
        guard !handlers.isEmpty else {
            let mark = QueuedJob(
                delivery: arrival.seq, subject: arrival.subject, priority: 0, record: .unbound(reason: holdReason))
            _ = try insert(mark)
            return
        }
        for plan in handlers.uniqued {
            let state = holdReason.map { JobState.held(reason: $0) } ?? .ready
            let job = QueuedJob(
                delivery: arrival.seq, subject: arrival.subject, priority: plan.priority,
                record: JobRecord(handlerID: plan.handlerID, state: state))
            if holdReason == nil, let wait = plan.coalescing, let lane = job.lane, arrival.subject.version != nil {
                try coalesce(job, in: lane, for: wait, arrival)
            } else {
                _ = try queue(job)
            }
        }
    }

    /// Puts a job that is new, or back, into its lane.
    ///
    /// - Returns: its id.
    mutating func queue(_ job: QueuedJob) throws(Failure) -> Int64 {
        var job = job
        job.place = try freePlace(for: job)
        job.id = try insert(job)
        if job.isClaimable || job.record.dueAt != nil { noteReady() }
        return job.id
    }

    /// Lets the newer of two versions take the place of the older one that has not run. What ran already is left alone.
    private mutating func coalesce(
        _ job: QueuedJob, in lane: Lane, for wait: Duration, _ arrival: Arrival
    ) throws(Failure) {
        var job = job
        guard var other = try replaceable(in: lane, topic: arrival.subject.topic) else {
            job.delay(until: arrival.receivedAt + wait.timeInterval, now: arrival.receivedAt)
            _ = try queue(job)
            return
        }
        if let pending = other.subject.version, let own = job.subject.version, own < pending {
            job.id = try insert(job)
            job.record.skip(because: "covered by \(try deliveryID(other.delivery))")
            return try end(job, JobEnding(at: arrival.receivedAt, coveredBy: other.delivery))
        }
        let due = other.coalescesUntil ?? arrival.receivedAt
        other.record.skip(because: "covered by \(arrival.id)")
        let ending = JobEnding(at: arrival.receivedAt, coveredBy: arrival.seq)
        try put(other, at: arrival.receivedAt, ending: ending)
        job.delay(until: due, now: arrival.receivedAt)
        _ = try queue(job)
    }
}

extension QueuedJob {
    /// Lets newer versions take its place until then.
    fileprivate mutating func delay(until due: Date, now: Date) {
        coalescesUntil = due
        guard due > now else { return }
        record = JobRecord(
            handlerID: record.handlerID,
            state: .waiting(until: due, reason: "later versions of the resource may take its place until then"))
    }
}

extension [JobPlan] {
    /// Each handler once, the first plan for it.
    var uniqued: [JobPlan] {
        var seen: Set<String> = []
        return filter { seen.insert($0.handlerID).inserted }
    }
}
