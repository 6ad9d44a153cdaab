import Bellhop
import Foundation
import InboxCore

/// An inbox, a clock and some workers, all of them values: everything that can happen to jobs, one step at a time, held
/// against what should come of it.
struct World<Store: SimulatedStore> {
    private static var lease: Duration { .seconds(60) }

    private(set) var store: Store
    private(set) var now = Sample.start
    /// What each worker has in hand, whether or not its lease is still good.
    private(set) var workers: [Claim?]
    private(set) var books = Books()
    private let thoroughness: Int
    private var steps = 0
    /// What was delivered, by webhook id.
    private(set) var deliveries: [String: (delivery: Delivery, handlers: [JobPlan])] = [:]

    /// - Parameters:
    ///   - store: empty.
    ///   - thoroughness: after how many steps everything is looked at.
    init(_ store: Store, workers: Int, thoroughness: Int = 1) {
        self.thoroughness = thoroughness
        self.store = store
        self.workers = Array(repeating: nil, count: workers)
    }

    /// A sender delivers, for the first time or again.
    mutating func deliver(_ delivery: Delivery, to handlers: [JobPlan]) throws {
        let known = books.ids[delivery.webhookID]
        let acceptance = try store.accept(delivery, handlers: handlers, holdReason: nil)
        switch (acceptance, known) {
        case (.stored(let id), nil):
            books.ids[delivery.webhookID] = id
            books.versions.append((delivery, id))
        case (.duplicate(let id), let known?) where id == known: break
        default: throw Violation("\(delivery.webhookID) was answered \(acceptance), known as \(known ?? "nothing")")
        }
        deliveries[delivery.webhookID] = (delivery, handlers)
        try check()
    }

    /// A free worker asks for work.
    mutating func claim(worker: Int) throws {
        books.expire(at: now)
        for claim in try store.claim(limit: 1, now: now, leaseFor: Self.lease, passingOver: []) as [Claim] {
            workers[worker] = claim
            try books.handOut(claim, at: now, in: store)
        }
        try check()
    }

    /// A worker records how its run ended. It may have lost its lease without knowing.
    mutating func finish(worker: Int, _ outcome: JobResult.Outcome) throws {
        guard let claim = workers[worker] else { return }
        workers[worker] = nil
        let result = JobResult(outcome: outcome, calls: [], startedAt: now - 1, finishedAt: now)
        let isRecorded = try store.finish(claim, with: result)
        guard isRecorded == books.holds(claim) else {
            throw Violation("job \(claim.jobID): recorded \(isRecorded), lease held \(books.holds(claim))")
        }
        if isRecorded { books.finish(claim, outcome, at: now) }
        try check()
    }

    mutating func giveBack(worker: Int) throws {
        guard let claim = workers[worker] else { return }
        workers[worker] = nil
        try store.giveBack(claim)
        if books.holds(claim) { books.end(claim) }
        try check()
    }

    mutating func beat(worker: Int) throws {
        guard let claim = workers[worker] else { return }
        let until = now + 60
        guard try store.extend(claim, until: until) == books.holds(claim) else {
            throw Violation("job \(claim.jobID): a lease was extended that is lost, or lost that is held")
        }
        if books.holds(claim) { books.extend(claim, until: until) } else { workers[worker] = nil }
        try check()
    }

    /// The process dies and another begins: nobody has anything in hand.
    mutating func crash() throws {
        workers = Array(repeating: nil, count: workers.count)
        books.crash()
        try store.restart(at: now)
        try check()
    }

    mutating func pass(_ seconds: TimeInterval) {
        now += seconds
    }

    mutating func retry(_ webhookID: String) throws {
        guard let id = books.ids[webhookID], let handlers = deliveries[webhookID]?.handlers else { return }
        let before = try store.everyJob()
        let ready = (try? store.retry(id, handlers: handlers, anew: false)) ?? 0
        let after = try store.everyJob()
        let changed = before.filter { old in
            guard let new = after.first(where: { $0.id == old.id }) else { return false }
            return new.record != old.record && new.record.state == .ready
        }
        guard changed.count == ready else { throw Violation("\(ready) jobs were to be ready, \(changed.count) are") }
        for job in changed { books.beginAnew(job.id) }
        try check()
    }

    /// Lets the workers finish whatever is left, without further mishaps.
    mutating func settle() throws {
        for _ in 0..<1000 {
            for worker in workers.indices {
                if workers[worker] == nil { try claim(worker: worker) }
                try finish(worker: worker, .done(effects: []))
            }
            if try store.counts().pending == 0 { return try checkEnd() }
            if let due = try store.nextDue(), due > now { now = due }
        }
        throw Violation("work is left for ever: \(try store.everyJob().map(\.record.state.name))")
    }

    /// Looking at everything takes longer than a step, so it is done after every few: what is wrong then stays wrong.
    private mutating func check() throws {
        steps += 1
        if steps.isMultiple(of: thoroughness) { try books.check(store) }
    }

    private func checkEnd() throws {
        try books.check(store)
        for (webhookID, id) in books.ids {
            guard let detail = try store.detail(of: id), let handlers = deliveries[webhookID]?.handlers else {
                throw Violation("\(webhookID) is lost")
            }
            let open = detail.jobs.filter { ![.done, .skipped, .dead, .held].contains($0.summary.state) }
            guard detail.jobs.count == max(1, handlers.count), open.isEmpty else {
                throw Violation("\(webhookID) ends with \(detail.jobs.map(\.summary.state))")
            }
        }
    }
}

/// What is wrong with an inbox, in words.
struct Violation: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
