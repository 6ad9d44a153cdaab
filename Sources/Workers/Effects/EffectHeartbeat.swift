import Foundation
import InboxCore

/// Extends the lease of an effect while an attempt is under way.
struct EffectHeartbeat {
    let claim: EffectClaim
    let queue: any EffectQueue
    let lease: Duration
    let now: @Sendable () -> Date

    /// - Returns: what `body` returns, or `nil` when the lease was lost; `body` has been cancelled then.
    func keeping<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value?) async throws -> Value? {
        try await withThrowingTaskGroup(of: Ending<Value>.self) { group in
            group.addTask { .value(try await body()) }
            group.addTask { await losesLease() ? .lost : .stopped }
            // When cancelled the heart stops first; what `body` has to say still counts.
            while let ending = try await group.next() {
                if case .stopped = ending { continue }
                group.cancelAll()
                if case .value(let value) = ending { return value }
                return nil
            }
            return nil
        }
    }

    private enum Ending<Value: Sendable>: Sendable {
        case value(Value?)
        case lost
        case stopped
    }

    /// - Returns: `false` when cancelled before the lease was lost.
    private func losesLease() async -> Bool {
        while (try? await Task.sleep(for: lease / 3)) != nil {
            // A failure to extend is not a loss yet: the next beat, or the token, decides.
            let kept = try? await queue.extendEffect(claim, until: now() + lease.timeInterval)
            if kept == false { return true }
        }
        return false
    }
}
