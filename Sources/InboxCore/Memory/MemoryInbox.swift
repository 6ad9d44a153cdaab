package import Foundation

/// An inbox that forgets everything with the process, for tests and dry runs.
package actor MemoryInbox: Inbox {
    var store = MemoryStore(randomness: SystemRandomNumberGenerator())
    private let signal = ChangeSignal()
    let effectSignal = ChangeSignal()

    package init() {}

    package nonisolated var changes: AsyncStream<Void> { signal.stream() }

    package func accept(_ delivery: Delivery, handlers: [JobPlan], holdReason: String?) -> Acceptance {
        defer { tell() }
        return store.accept(delivery, handlers: handlers, holdReason: holdReason)
    }

    package func claim(limit: Int, now: Date, leaseFor: Duration, passingOver paused: Set<String>) -> [Claim] {
        defer { tell() }
        return store.claim(limit: limit, now: now, leaseFor: leaseFor, passingOver: paused)
    }

    package func extend(_ claim: Claim, until: Date) -> Bool {
        store.extend(claim, until: until)
    }

    package func finish(_ claim: Claim, with result: JobResult) -> Bool {
        defer { tell() }
        guard store.finish(claim, with: result) else { return false }
        if case .done = result.outcome { effectSignal.send() }
        return true
    }

    package func giveBack(_ claim: Claim) {
        defer { tell() }
        store.giveBack(claim)
    }

    package func nextDue() -> Date? {
        store.nextDue()
    }

    package func record(_ note: JournalNote) {
        store.record(note)
    }

    package func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) throws -> Int {
        defer { tell() }
        return try store.retry(deliveryID, handlers: handlers, anew: anew)
    }

    package func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) throws -> [Claim] {
        try store.rehearsalClaims(of: deliveryID, handlers: handlers)
    }

    package func list(_ filter: EventFilter) -> [EventSummary] {
        store.list(filter)
    }

    package func detail(of deliveryID: String) -> EventDetail? {
        store.detail(of: deliveryID)
    }

    package func counts() -> InboxCounts {
        store.counts()
    }

    package func deadGroups(limit: Int) -> [DeadGroup] {
        store.deadGroups(limit: limit)
    }

    package func retry(group fingerprint: ErrorFingerprint, failedBy latest: Date, limit: Int) -> Int {
        defer { tell() }
        return store.retry(group: fingerprint, failedBy: latest, limit: limit)
    }

    private func tell() {
        if store.takeReadiness() { signal.send() }
    }
}
