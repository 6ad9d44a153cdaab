import Foundation
import InboxCore
import Logging
import ModelClient

/// Holds one claim: extends its lease while the work runs, then insists on recording its end.
struct LeaseKeeper: Sendable {
    enum Ending<Value: Sendable>: Sendable {
        case recorded(Value)
        /// Another may have it by now: the work was cancelled, and nothing recorded.
        case lost
        /// The end could not be recorded, and insisting would not help.
        case unrecorded(Value, any Error)
    }

    let lease: Duration
    /// Between two tries to record.
    let longestPause: Duration
    let logger: Logger
    let time: TimeSource

    private enum Sign<Value: Sendable>: Sendable {
        case ended(Result<Ending<Value>, CancellationError>)
        case lost
        /// The heart was cancelled before the lease was lost.
        case stopped
    }

    /// - Parameters:
    ///   - extend: makes the lease last until a moment; `false` when it is lost.
    ///   - work: cancelled when the lease is lost or the caller is cancelled.
    ///   - finish: records what the work came to; `false` when the lease is lost.
    /// - Throws: what `work` throws.
    func holding<Value: Sendable>(
        extend: @escaping @Sendable (_ until: Date) async throws -> Bool,
        work: @escaping @Sendable () async throws(CancellationError) -> Value,
        finish: @escaping @Sendable (Value) async throws -> Bool
    ) async throws(CancellationError) -> Ending<Value> {
        let result = await withTaskGroup(of: Sign<Value>.self) { group -> Result<Ending<Value>, CancellationError> in
            group.addTask {
                do throws(CancellationError) {
                    return .ended(.success(await record(try await work(), by: finish)))
                } catch {
                    return .ended(.failure(error))
                }
            }
            group.addTask { await losesLease(extend) ? .lost : .stopped }
            defer { group.cancelAll() }
            var isLost = false
            while let sign = await group.next() {
                switch sign {
                // When cancelled the heart stops first; what the work has to say still counts.
                case .stopped: continue
                case .lost:
                    isLost = true
                    group.cancelAll()
                case .ended(.success(.recorded(let value))): return .success(.recorded(value))
                case .ended(let result): return isLost ? .success(.lost) : result
                }
            }
            return .success(.lost)
        }
        return try result.get()
    }

    /// - Returns: `false` when cancelled before the lease was lost.
    private func losesLease(_ extend: (Date) async throws -> Bool) async -> Bool {
        while (try? await time.sleep(lease / 3)) != nil {
            // A failure to extend is not a loss yet: the next beat, or the fencing token, decides.
            let kept = try? await extend(time.date() + lease.timeInterval)
            if kept == false { return true }
        }
        return false
    }

    /// Records an end, trying again while the storage fails: without it what was done would be done, or paid for,
    /// twice. When the storage works and does not take this end, the next try would end alike.
    private func record<Value: Sendable>(
        _ value: Value, by finish: (Value) async throws -> Bool
    ) async -> Ending<Value> {
        var backoff = Backoff(cap: longestPause)
        while true {
            do {
                return try await finish(value) ? .recorded(value) : .lost
            } catch {
                guard let failure = error as? InboxError, failure.code == .storage, !Task.isCancelled else {
                    return .unrecorded(value, error)
                }
                logger.warning("outcome not recorded yet", metadata: ["error": "\(failure)"])
                try? await time.sleep(backoff.failed())
            }
        }
    }
}
