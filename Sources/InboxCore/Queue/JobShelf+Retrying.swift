extension JobShelf {
    /// Makes those of a delivery's jobs ready again by hand that stand still.
    ///
    /// - Parameters:
    ///   - live: its jobs that are not over.
    ///   - ended: those that are, already taken out of where they were kept.
    ///   - anew: whether they begin anew.
    /// - Returns: the ids of those that became ready.
    package mutating func retry(
        live: [QueuedJob], ended: [QueuedJob], handlers: [JobPlan], anew: Bool
    ) throws(Failure) -> [Int64] {
        var readied = try bind(handlers, in: live)
        for job in live where try restart(job, anew: anew) { readied.append(job.id) }
        for job in ended where try revive(job, anew: anew) { readied.append(job.id) }
        return readied
    }

    /// Makes a held or waiting job ready again.
    package mutating func restart(_ job: QueuedJob, anew: Bool = false) throws(Failure) -> Bool {
        var job = job
        guard job.record.runAgain(anew: anew) else { return false }
        job.forgetFailures()
        try forgetCharges(ofJob: job.id)
        if job.place == .free { job.place = try freePlace(for: job) }
        try update(job)
        noteReady()
        return true
    }

    /// Puts a job that was over back among the others, under the id that it had.
    package mutating func revive(_ job: QueuedJob, anew: Bool = false) throws(Failure) -> Bool {
        var job = job
        guard job.record.runAgain(anew: anew) else { return false }
        job.forgetFailures()
        try forgetCharges(ofJob: job.id)
        job.place = .free
        _ = try queue(job)
        return true
    }

    /// Replaces the mark that no handler was bound by jobs for the handlers bound now.
    private mutating func bind(_ handlers: [JobPlan], in live: [QueuedJob]) throws(Failure) -> [Int64] {
        guard !handlers.isEmpty, let mark = live.first(where: \.record.isUnbound) else { return [] }
        try remove(mark)
        var bound: [Int64] = []
        for plan in handlers.uniqued {
            bound.append(
                try queue(
                    QueuedJob(
                        delivery: mark.delivery, subject: mark.subject, priority: plan.priority,
                        record: JobRecord(handlerID: plan.handlerID, state: .ready))))
        }
        return bound
    }
}

extension QueuedJob {
    fileprivate mutating func forgetFailures() {
        (blocksUntil, failedAt, coalescesUntil) = (nil, nil, nil)
    }
}
