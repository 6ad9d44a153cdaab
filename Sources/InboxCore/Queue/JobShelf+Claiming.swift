package import Foundation

/// Jobs whose time has come that one claim makes ready at most, so that a claim after a long outage stays short.
package let duePerClaim = 500

extension JobShelf {
    /// Hands out up to `limit` jobs under a lease each: the shops in turn, within a shop the highest priority and then
    /// the oldest.
    ///
    /// - Parameter paused: handlers whose jobs stay where they are.
    package mutating func claim(
        limit: Int, now: Date, leaseFor: Duration, passingOver paused: Set<String>
    ) throws(Failure) -> [QueuedJob] {
        try takeUpDue(at: now)
        let expiry = now + leaseFor.timeInterval
        var claimed: [QueuedJob] = []
        if limit > 0, let suspect = try nextSuspect(passingOver: paused) {
            claimed.append(try handOut(suspect, at: now, until: expiry))
        }
        let handlers = try readyHandlers(passingOver: paused)
        while claimed.count < limit, let job = try nextInTurn(handlers) {
            claimed.append(try handOut(job, at: now, until: expiry))
        }
        return claimed
    }

    /// Whether a newer version of what the job is about was received.
    package func isStale(_ job: QueuedJob) throws(Failure) -> Bool {
        guard let version = job.subject.version, let newest = try newestVersion(of: job.subject) else { return false }
        return version < newest
    }

    private mutating func takeUpDue(at now: Date) throws(Failure) {
        // Each is looked up in its turn: the one before may have made it the head of its lane.
        for id in try due(by: now, limit: duePerClaim) {
            guard var job = try job(id) else { continue }
            guard case .running(let lease) = job.record.state else {
                if job.record.becomeDue(at: now) { try put(job, at: now) }
                continue
            }
            turns.forget(lease)
            if job.record.becomeDue(at: now) { _ = try putDown(job, at: now) }
        }
        for id in try overdueHeads(by: now, limit: duePerClaim) {
            if let job = try job(id) { try put(job, at: now) }
        }
    }

    private mutating func handOut(_ job: QueuedJob, at now: Date, until expiry: Date) throws(Failure) -> QueuedJob {
        var job = job
        let lease = nextLease(until: expiry)
        _ = job.record.claim(under: lease, at: now)
        job.coalescesUntil = nil
        try update(job)
        turns.charge(job.subject.shop, for: job.record.handlerID, under: lease)
        return job
    }

    private func nextSuspect(passingOver paused: Set<String>) throws(Failure) -> QueuedJob? {
        var handler = try suspectHandler(after: nil)
        while let name = handler, paused.contains(name) { handler = try suspectHandler(after: name) }
        guard let handler, try !hasRunningSuspect() else { return nil }
        return try oldestSuspect(for: handler)
    }

    private func readyHandlers(passingOver paused: Set<String>) throws(Failure) -> [String] {
        var handlers: [String] = []
        var last: String?
        while let next = try readyHandler(after: last) {
            if !paused.contains(next) { handlers.append(next) }
            last = next
        }
        return handlers
    }

    private mutating func nextInTurn(_ handlers: [String]) throws(Failure) -> QueuedJob? {
        var turns = turns
        defer { self.turns = turns }
        let shop = try turns.next { (bound: ShopTurns.Bound) throws(Failure) -> String? in
            var first: String?
            for handler in handlers {
                guard let shop = try readyShop(from: bound, for: handler) else { continue }
                first = first.map { min($0, shop) } ?? shop
            }
            return first
        }
        guard let shop else { return nil }
        var best: QueuedJob?
        for handler in handlers {
            guard let job = try bestReady(of: shop, for: handler) else { continue }
            if best.map({ job.goesBefore($0) }) ?? true { best = job }
        }
        return best
    }
}

extension QueuedJob {
    fileprivate func goesBefore(_ other: QueuedJob) -> Bool {
        priority == other.priority ? id < other.id : priority > other.priority
    }
}
