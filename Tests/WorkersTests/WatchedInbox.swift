import Bellhop
import Foundation
import InboxCore
import Synchronization

/// An inbox whose heartbeats a test can watch, and that can pretend that every lease was lost.
final class WatchedInbox: Inbox {
    private let inbox: any Inbox
    private let losesLeases: Bool
    private let finishes = Mutex(0)
    let beats: AsyncStream<Void>
    private let beat: AsyncStream<Void>.Continuation

    init(_ inbox: any Inbox, losesLeases: Bool = false) {
        self.inbox = inbox
        self.losesLeases = losesLeases
        (beats, beat) = AsyncStream.makeStream()
    }

    /// How many outcomes were to be recorded.
    var finished: Int { finishes.withLock { $0 } }

    func extend(_ claim: Claim, until: Date) async throws -> Bool {
        beat.yield()
        return losesLeases ? false : try await inbox.extend(claim, until: until)
    }

    func finish(_ claim: Claim, with result: JobResult) async throws -> Bool {
        finishes.withLock { $0 += 1 }
        return try await inbox.finish(claim, with: result)
    }

    func accept(_ delivery: Delivery, handlers: [String], holdReason: String?) async throws -> Acceptance {
        try await inbox.accept(delivery, handlers: handlers, holdReason: holdReason)
    }

    func claim(limit: Int, now: Date, leaseFor: Duration) async throws -> [Claim] {
        try await inbox.claim(limit: limit, now: now, leaseFor: leaseFor)
    }

    func giveBack(_ claim: Claim) async throws {
        try await inbox.giveBack(claim)
    }

    func nextDue() async throws -> Date? {
        try await inbox.nextDue()
    }

    func list(_ filter: EventFilter) async throws -> [EventSummary] {
        try await inbox.list(filter)
    }

    func detail(of deliveryID: String) async throws -> EventDetail? {
        try await inbox.detail(of: deliveryID)
    }

    func retry(_ deliveryID: String, handlers: [String]) async throws -> Int {
        try await inbox.retry(deliveryID, handlers: handlers)
    }

    func counts() async throws -> InboxCounts {
        try await inbox.counts()
    }

    var changes: AsyncStream<Void> { inbox.changes }
}
