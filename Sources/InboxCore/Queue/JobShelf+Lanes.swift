import Foundation

extension JobShelf {
    /// Writes down a job whose record has changed, and lets its lane go on if it need not wait for it any more.
    mutating func put(_ job: QueuedJob, at now: Date, ending: JobEnding? = nil) throws(Failure) {
        var job = job
        let wasHead = job.place == .head
        if wasHead, !job.blocks(at: now) { job.place = .free }
        switch job.record.state {
        case .done, .skipped, .dead:
            job.place = .free
            try end(job, ending ?? JobEnding(at: now))
        case .ready, .running, .waiting, .held: try update(job)
        }
        if job.isClaimable || job.record.dueAt != nil { noteReady() }
        if wasHead, job.place != .head, let lane = job.lane { try promote(lane) }
    }

    /// Makes the oldest of those behind the head of a lane that has none.
    private mutating func promote(_ lane: Lane) throws(Failure) {
        guard var next = try oldestBehind(in: lane) else { return }
        next.place = .head
        try update(next)
        noteReady()
    }

    /// The place of a job that is about to move: it may have to wait for others of its lane.
    func freePlace(for job: QueuedJob) throws(Failure) -> LanePlace {
        guard let lane = job.lane, job.isMoving else { return .free }
        return try head(of: lane) == nil ? .head : .behind
    }
}
