import Foundation
import InboxCore
import Synchronization

/// An inbox that remembers what it was asked to store, and answers as the test says.
final class RecordingInbox: Inbox {
    struct Call: Sendable {
        var delivery: Delivery
        var handlers: [JobPlan]
        var holdReason: String?
    }

    private let state = Mutex<[Call]>([])
    private let keepsBodies: Bool
    private let behaviour: @Sendable (Delivery) async throws -> Acceptance
    private let began = AsyncStream<Call>.makeStream()

    /// - Parameter keepsBodies: whether it remembers the bodies as well.
    init(
        keepsBodies: Bool = true,
        _ behaviour: @escaping @Sendable (Delivery) async throws -> Acceptance = {
            .stored(id: "id-of-\($0.webhookID)")
        }
    ) {
        self.keepsBodies = keepsBodies
        self.behaviour = behaviour
    }

    /// Everything that reached the inbox, in order.
    var calls: [Call] {
        state.withLock { $0 }
    }

    /// Waits until a delivery has come in; each is handed out once.
    func next() async -> Call? {
        for await call in began.stream { return call }
        return nil
    }

    func accept(_ delivery: consuming Delivery, handlers: [JobPlan], holdReason: String?) async throws -> Acceptance {
        if !keepsBodies { delivery.body = Data() }
        let delivery = consume delivery
        let call = Call(delivery: delivery, handlers: handlers, holdReason: holdReason)
        state.withLock { $0.append(call) }
        began.continuation.yield(call)
        return try await behaviour(delivery)
    }

    func claim(limit: Int, now: Date, leaseFor: Duration, passingOver: Set<String>) async throws -> [Claim] { [] }
    func deadGroups(limit: Int) async throws -> [DeadGroup] { [] }
    func retry(group: ErrorFingerprint, failedBy: Date, limit: Int) async throws -> Int { 0 }
    func extend(_ claim: Claim, until: Date) async throws -> Bool { false }
    func finish(_ claim: Claim, with result: JobResult) async throws -> Bool { false }
    func giveBack(_ claim: Claim) async throws {}
    func nextDue() async throws -> Date? { nil }
    func list(_ filter: EventFilter) async throws -> [EventSummary] { [] }
    func detail(of deliveryID: String) async throws -> EventDetail? { nil }
    func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) async throws -> Int { 0 }
    func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) async throws -> [Claim] { [] }
    func counts() async throws -> InboxCounts { InboxCounts(jobs: [:], deliveries: 0, duplicates: 0) }
    var changes: AsyncStream<Void> { AsyncStream { $0.finish() } }
}

/// Lets nobody pass until it is opened.
final class Gate: Sendable {
    private let waiting = Mutex<(isOpen: Bool, continuations: [CheckedContinuation<Void, Never>])>((false, []))

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = waiting.withLock { state in
                if !state.isOpen { state.continuations.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let continuations = waiting.withLock { state in
            state.isOpen = true
            defer { state.continuations = [] }
            return state.continuations
        }
        for continuation in continuations { continuation.resume() }
    }
}
