import Bellhop
import Foundation
import InboxCore
import Synchronization

/// An inbox whose heartbeats a test can watch, that can pretend that every lease was lost, and where a test can do
/// something, or fail, before each claim and each record of an outcome.
final class WatchedInbox: Inbox {
    private let inbox: any Inbox
    private let losesLeases: Bool
    /// Gets the number of claims so far; what it returns, if not `nil`, is the claims.
    private let onClaim: @Sendable (Int) async throws -> [Claim]?
    /// Gets the number of outcomes so far.
    private let onFinish: @Sendable (Int) throws -> Void
    private let claims = Mutex(0)
    private let finishes = Mutex(0)
    let beats: AsyncStream<Void>
    private let beat: AsyncStream<Void>.Continuation

    init(
        _ inbox: any Inbox, losesLeases: Bool = false,
        onClaim: @escaping @Sendable (Int) async throws -> [Claim]? = { _ in nil },
        onFinish: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) {
        self.inbox = inbox
        self.losesLeases = losesLeases
        self.onClaim = onClaim
        self.onFinish = onFinish
        (beats, beat) = AsyncStream.makeStream()
    }

    /// How many outcomes were to be recorded.
    var finished: Int { finishes.withLock { $0 } }
    /// How often jobs were to be claimed.
    var claimed: Int { claims.withLock { $0 } }

    func extend(_ claim: Claim, until: Date) async throws -> Bool {
        beat.yield()
        return losesLeases ? false : try await inbox.extend(claim, until: until)
    }

    func finish(_ claim: Claim, with result: JobResult) async throws -> Bool {
        try onFinish(
            finishes.withLock { count in
                count += 1
                return count
            })
        return try await inbox.finish(claim, with: result)
    }

    func accept(_ delivery: Delivery, handlers: [JobPlan], holdReason: String?) async throws -> Acceptance {
        try await inbox.accept(delivery, handlers: handlers, holdReason: holdReason)
    }

    func claim(limit: Int, now: Date, leaseFor: Duration, passingOver: Set<String>) async throws -> [Claim] {
        let count = claims.withLock { count in
            count += 1
            return count
        }
        if let claims = try await onClaim(count) { return claims }
        return try await inbox.claim(limit: limit, now: now, leaseFor: leaseFor, passingOver: passingOver)
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

    func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) async throws -> Int {
        try await inbox.retry(deliveryID, handlers: handlers, anew: anew)
    }

    func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) async throws -> [Claim] {
        try await inbox.rehearsalClaims(of: deliveryID, handlers: handlers)
    }

    func counts() async throws -> InboxCounts {
        try await inbox.counts()
    }

    func deadGroups(limit: Int) async throws -> [DeadGroup] {
        try await inbox.deadGroups(limit: limit)
    }

    func retry(group fingerprint: ErrorFingerprint, failedBy latest: Date, limit: Int) async throws -> Int {
        try await inbox.retry(group: fingerprint, failedBy: latest, limit: limit)
    }

    var changes: AsyncStream<Void> { inbox.changes }
}
