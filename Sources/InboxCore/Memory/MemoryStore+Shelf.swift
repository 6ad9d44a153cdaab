package import Bellhop
package import Foundation

/// Everything is found by looking through the jobs that are not over: for tests and dry runs these are few.
extension MemoryStore: JobShelf {
    package typealias Failure = Never

    package func job(_ id: Int64) -> QueuedJob? {
        position(of: id).map { live[$0] }
    }

    package func head(of lane: Lane) -> QueuedJob? {
        live.first { $0.place == .head && $0.lane == lane }
    }

    package func oldestBehind(in lane: Lane) -> QueuedJob? {
        live.first { $0.place == .behind && $0.lane == lane }
    }

    package func replaceable(in lane: Lane, topic: Topic) -> QueuedJob? {
        live.first { $0.coalescesUntil != nil && $0.subject.topic == topic && $0.lane == lane }
    }

    package func due(by now: Date, limit: Int) -> [Int64] {
        let due = live.compactMap { job in job.record.dueAt.map { (id: job.id, at: $0) } }.filter { $0.at <= now }
        return due.sorted { $0.at < $1.at }.prefix(limit).map(\.id)
    }

    package func overdueHeads(by now: Date, limit: Int) -> [Int64] {
        live.filter { job in
            guard job.place == .head, let until = job.blocksUntil, until <= now else { return false }
            return job.record.state.name == .waiting
        }.prefix(limit).map(\.id)
    }

    package func runningJobs() -> [Int64] {
        live.filter { $0.record.state.name == .running }.map(\.id)
    }

    package func deliveryID(_ seq: Int64) -> String {
        receipts[Int(seq)].id
    }

    package func readyHandler(after handler: String?) -> String? {
        firstHandler(after: handler) { $0.isReady }
    }

    package func readyShop(from bound: ShopTurns.Bound, for handler: String) -> String? {
        live.lazy.filter { $0.isReady && $0.record.handlerID == handler && bound.admits($0.subject.shop) }
            .map(\.subject.shop).min()
    }

    package func bestReady(of shop: String, for handler: String) -> QueuedJob? {
        var best: QueuedJob?
        for job in live where job.isReady && job.subject.shop == shop && job.record.handlerID == handler {
            if best.map({ $0.priority < job.priority }) ?? true { best = job }
        }
        return best
    }

    package func hasRunningSuspect() -> Bool {
        live.contains { $0.record.state.name == .running && $0.record.counts.isSuspect }
    }

    package func suspectHandler(after handler: String?) -> String? {
        firstHandler(after: handler) { $0.isClaimable && $0.record.counts.isSuspect }
    }

    package func oldestSuspect(for handler: String) -> QueuedJob? {
        live.first { $0.isClaimable && $0.record.counts.isSuspect && $0.record.handlerID == handler }
    }

    package func newestVersion(of subject: JobSubject) -> Date? {
        VersionKey(subject).flatMap { versions[$0] }
    }

    package mutating func noteVersion(of subject: JobSubject, receivedAt: Date) {
        guard let key = VersionKey(subject), let version = subject.version else { return }
        versions[key] = max(version, versions[key] ?? version)
    }

    /// It does not know of shops that have gone.
    package func reasonToStop(_ subject: JobSubject) -> String? { nil }

    package mutating func forgetCharges(ofJob id: Int64) {
        calls[id] = calls[id]?.map { call in
            var call = call
            call.attempts = call.attempts.withoutCharges
            return call
        }
    }

    package mutating func insert(_ job: QueuedJob) -> Int64 {
        var job = job
        if job.id == 0 {
            lastJobID += 1
            job.id = lastJobID
        }
        live.insert(job, at: live.firstIndex { $0.id > job.id } ?? live.endIndex)
        return job.id
    }

    package mutating func update(_ job: QueuedJob) {
        if let position = position(of: job.id) { live[position] = job }
    }

    package mutating func remove(_ job: QueuedJob) {
        if let position = position(of: job.id) { live.remove(at: position) }
    }

    package mutating func end(_ job: QueuedJob, _ ending: JobEnding) {
        remove(job)
        ended[job.id] = Ended(job: job, ending: ending)
    }

    private func position(of id: Int64) -> Int? {
        live.firstIndex { $0.id == id }
    }

    private func firstHandler(after handler: String?, where isMeant: (QueuedJob) -> Bool) -> String? {
        live.filter(isMeant).map(\.record.handlerID).filter { name in handler.map { name > $0 } ?? true }.min()
    }
}

extension QueuedJob {
    /// Whether it can be handed out whatever else runs.
    fileprivate var isReady: Bool { isClaimable && !record.counts.isSuspect }
}

extension ShopTurns.Bound {
    fileprivate func admits(_ shop: String) -> Bool {
        switch self {
        case .from(let first): shop >= first
        case .after(let last): shop > last
        }
    }
}

extension MemoryStore.VersionKey {
    fileprivate init?(_ subject: JobSubject) {
        guard let resource = subject.resource else { return nil }
        self.init(shop: subject.shop, resource: resource, topic: subject.topic)
    }
}
