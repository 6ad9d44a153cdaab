package import Foundation

extension JobShelf {
    /// Records how a run ended.
    ///
    /// - Returns: the job as it is now, or `nil` when the lease has been lost.
    package mutating func finish(_ id: Int64, under lease: Lease, with result: JobResult) throws(Failure) -> QueuedJob?
    {
        guard var job = try job(id), job.record.finish(lease, with: result) else { return nil }
        turns.settle(lease, took: result.finishedAt.timeIntervalSince(result.startedAt))
        job.noteEnd(at: result.finishedAt)
        let ending = JobEnding(startedAt: result.startedAt, finishedAt: result.finishedAt)
        return try putDown(job, at: result.finishedAt, ending: ending)
    }

    /// Whether somebody still works on the job under this lease.
    package func isRunning(_ id: Int64, under lease: Lease) throws(Failure) -> Bool {
        try job(id)?.record.isRunning(under: lease) ?? false
    }

    /// - Returns: `false` when the lease has been lost.
    package mutating func extend(_ id: Int64, under lease: Lease, until expiry: Date) throws(Failure) -> Bool {
        guard var job = try job(id), job.record.extend(lease, until: expiry) else { return false }
        try update(job)
        return true
    }

    /// Makes a claimed job ready again, unless the lease has been lost.
    package mutating func giveBack(_ id: Int64, under lease: Lease) throws(Failure) {
        guard var job = try job(id), job.record.giveBack(lease) else { return }
        turns.forget(lease)
        // What is ready or held does not look at the time.
        _ = try putDown(job, at: lease.expiresAt)
    }

    /// Ends a job wherever it stands, because nothing is left to work on. Whoever runs it has lost the lease.
    package mutating func skip(_ id: Int64, because reason: String, at now: Date) throws(Failure) {
        guard var job = try job(id) else { return }
        if case .running(let lease) = job.record.state { turns.forget(lease) }
        job.record.skip(because: reason)
        try put(job, at: now)
    }

    /// Stops a job that nobody works on, until a person decides; the others of its lane go on.
    ///
    /// - Returns: `false` when it is running, is held already or has ended.
    package mutating func hold(_ id: Int64, because reason: String, at now: Date) throws(Failure) -> Bool {
        // Looked up here: stopping the one before it may have made it the head of its lane.
        guard var job = try job(id), job.record.hold(because: reason) else { return false }
        if job.place == .behind { job.place = .free }
        job.coalescesUntil = nil
        try put(job, at: now)
        return true
    }

    /// Takes up what an earlier process left running when it died.
    package mutating func reclaimAll(at now: Date) throws(Failure) {
        for id in try runningJobs() {
            guard var job = try job(id), job.record.reclaim() else { continue }
            _ = try putDown(job, at: now)
        }
    }

    /// Writes down a job that came off its run, however that ended. If it would run again, it may have to stop instead.
    ///
    /// - Returns: the job as it is now.
    mutating func putDown(_ job: QueuedJob, at now: Date, ending: JobEnding? = nil) throws(Failure) -> QueuedJob {
        var job = job
        if job.isMoving, let reason = try reasonToStop(job.subject) { _ = job.record.hold(because: reason) }
        try put(job, at: now, ending: ending)
        return job
    }
}
