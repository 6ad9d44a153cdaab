import Bellhop
import Foundation
import InboxCore
import Synchronization

/// An inbox with two events on it, or one whose storage is gone. It remembers what it was asked.
final class ShelfInbox: Inbox {
    static let receivedAt = Date(timeIntervalSince1970: 1_795_023_737.125)
    private let isBroken: Bool
    private let state = Mutex(State())

    private struct State {
        var filters: [EventFilter] = []
        var retried: [String: [JobPlan]] = [:]
        var anew: Set<String> = []
        var batches: [Batch] = []
        /// Jobs of the group that failed and were not run again.
        var failed = 250
    }

    /// What was asked to be run again.
    struct Batch: Hashable {
        var fingerprint: String
        var failedBy: Date
        var limit: Int
    }

    static let group = DeadGroup(
        fingerprint: "00f0a1b2c3d4e5f6", handlerID: "order-created", reason: "the handler threw Oops", dead: 240,
        held: 10, shops: [.init(shop: "kelp-and-cotton.myshopify.com", count: 250)], firstAt: receivedAt,
        lastAt: receivedAt + 60, cost: .cents(500), attempts: 500, usualCost: nil)

    init(isBroken: Bool = false) {
        self.isBroken = isBroken
    }

    var filters: [EventFilter] {
        state.withLock { $0.filters }
    }

    var batches: [Batch] {
        state.withLock { $0.batches }
    }

    /// The handlers that came with each retry.
    var retried: [String: [JobPlan]] {
        state.withLock { $0.retried }
    }

    static func summary(_ id: String, _ state: JobState.Name) -> EventSummary? {
        Shop(domain: "kelp-and-cotton.myshopify.com").map { shop in
            EventSummary(
                deliveryID: id, handlerID: "order-created", topic: "orders/create", shop: shop, webhookID: "w-\(id)",
                state: state, reason: state == .held ? "nobody is bound" : nil, attempts: 1, receivedAt: receivedAt,
                cost: .cents(2), duplicates: 3)
        }
    }

    private func checkStorage() throws {
        if isBroken { throw InboxError(.storage, "the disk is full; make room") }
    }

    func list(_ filter: EventFilter) async throws -> [EventSummary] {
        try checkStorage()
        state.withLock { $0.filters.append(filter) }
        return [Self.summary("b", .held), Self.summary("a", .done)].compactMap { $0 }
    }

    func detail(of deliveryID: String) async throws -> EventDetail? {
        try checkStorage()
        guard ["a", "b"].contains(deliveryID), let summary = Self.summary(deliveryID, .held) else { return nil }
        return EventDetail(
            deliveryID: deliveryID, sender: "shopify", topic: summary.topic, shop: summary.shop,
            webhookID: summary.webhookID, eventID: nil, apiVersion: "2026-10", triggeredAt: nil,
            receivedAt: Date(timeIntervalSince1970: 1_795_023_737.123), bodyBytes: 11_000, duplicates: 3,
            jobs: [EventDetail.Job(summary: summary, calls: [], effects: [])])
    }

    /// The events that were retried anew.
    var retriedAnew: Set<String> {
        state.withLock { $0.anew }
    }

    func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) async throws -> Int {
        try checkStorage()
        if deliveryID == "b" { throw InboxError(.conflict, "every job is ready or running already") }
        state.withLock { state in
            state.retried[deliveryID] = handlers
            if anew { state.anew.insert(deliveryID) }
        }
        return 2
    }

    func counts() async throws -> InboxCounts {
        try checkStorage()
        return InboxCounts(jobs: [.done: 5, .held: 1], deliveries: 6, duplicates: 3)
    }

    func accept(_ delivery: Delivery, handlers: [JobPlan], holdReason: String?) async throws -> Acceptance {
        throw InboxError(.closed, "nothing is taken here")
    }
    func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) async throws -> [Claim] { [] }
    func claim(
        limit: Int, now: Date, leaseFor: Duration, passingOver paused: Set<String>
    ) async throws -> [Claim] { [] }

    func deadGroups(limit: Int) async throws -> [DeadGroup] {
        try checkStorage()
        return [Self.group]
    }

    func retry(group fingerprint: ErrorFingerprint, failedBy: Date, limit: Int) async throws -> Int {
        try checkStorage()
        return state.withLock { state in
            state.batches.append(Batch(fingerprint: fingerprint.text, failedBy: failedBy, limit: limit))
            defer { state.failed -= min(limit, state.failed) }
            return min(limit, state.failed)
        }
    }
    func extend(_ claim: Claim, until: Date) async throws -> Bool { false }
    func finish(_ claim: Claim, with result: JobResult) async throws -> Bool { false }
    func giveBack(_ claim: Claim) async throws {}
    func nextDue() async throws -> Date? { nil }
    var changes: AsyncStream<Void> { AsyncStream { $0.finish() } }
}
