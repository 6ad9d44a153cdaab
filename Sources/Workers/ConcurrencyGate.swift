import Synchronization

/// Lets a bounded number of requests through at once; the others wait in line, first come, first served.
final class ConcurrencyGate: Sendable {
    private struct State {
        var free: Int
        /// Waiting continuations by ticket. Tickets are served in rising order; a cancelled one leaves a hole.
        var line: [Int: CheckedContinuation<Void, any Error>] = [:]
        var firstTicket = 0
        var nextTicket = 0

        /// Takes the longest waiting one out of the line.
        mutating func popFirst() -> CheckedContinuation<Void, any Error>? {
            while firstTicket < nextTicket {
                defer { firstTicket += 1 }
                if let waiter = line.removeValue(forKey: firstTicket) { return waiter }
            }
            return nil
        }
    }

    private let state: Mutex<State>

    /// - Parameter width: how many may be inside at once, 1 or more.
    init(width: Int) {
        state = Mutex(State(free: max(1, width)))
    }

    /// How many wait in line.
    var waiting: Int {
        state.withLock { $0.line.count }
    }

    /// Waits for a place until the limit has passed. Who got a place must give it back with ``leave()``.
    ///
    /// - Returns: whether there was a place in time.
    /// - Throws: `CancellationError` when the task is cancelled before there is a place.
    func enter(within limit: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) async throws
        -> Bool
    {
        if enterAtOnce() { return true }
        let entered = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await (try? self.enter()) != nil }
            group.addTask {
                try? await sleep(limit)
                return false
            }
            var entered = await group.next() ?? false
            group.cancelAll()
            // A place may have come at the very moment the limit passed; then it counts, or it would be lost.
            for await other in group { entered = entered || other }
            return entered
        }
        if !entered { try Task.checkCancellation() }
        return entered
    }

    /// Gives the place to the next in line.
    func leave() {
        let next = state.withLock { state in
            let next = state.popFirst()
            if next == nil { state.free += 1 }
            return next
        }
        next?.resume()
    }

    /// Nobody waits while a place is free, so this passes nobody in the line.
    private func enterAtOnce() -> Bool {
        state.withLock { state in
            guard state.free > 0 else { return false }
            state.free -= 1
            return true
        }
    }

    private func enter() async throws {
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                takePlaceOrWait(continuation, ticket: ticket)
            }
        } onCancel: {
            state.withLock { $0.line.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
        }
    }

    private func takePlaceOrWait(_ continuation: CheckedContinuation<Void, any Error>, ticket: Int) {
        let result: Result<Void, any Error>? = state.withLock { state in
            // The handler may have run before there was anything to cancel. Later it finds the continuation.
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.free > 0 {
                state.free -= 1
                return .success(())
            }
            state.line[ticket] = continuation
            // A later ticket may have been served meanwhile, and this one taken for a hole.
            state.firstTicket = min(state.firstTicket, ticket)
            return nil
        }
        if let result { continuation.resume(with: result) }
    }
}
