/// Bounds the time of work that may ignore its cancellation.
///
/// The work is cancelled when the time is over or the caller is cancelled. What has not ended within a grace after that
/// is left behind: it may go on, but nobody waits for it or hears of it.
struct TimeLimit: Sendable {
    enum Cause: Sendable {
        case time, caller
    }

    enum Ending<Value: Sendable>: Sendable {
        case ended(Result<Value, any Error>)
        /// It was cut short. What it still came to is `nil` when it was left behind.
        case cut(Cause, Result<Value, any Error>?)
    }

    private enum Sign<Value: Sendable>: Sendable {
        case ended(Result<Value, any Error>)
        case cut(Cause)
        case left(Cause)
    }

    let limit: Duration
    let grace: Duration

    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async -> Ending<Value> {
        // None of these is a child of the caller's task, which would have to wait for it.
        let (signs, giver) = AsyncStream.makeStream(of: Sign<Value>.self)
        let worker = Task {
            do {
                giver.yield(.ended(.success(try await work())))
            } catch {
                giver.yield(.ended(.failure(error)))
            }
        }
        let referee = Task { await watch(worker, signs, giver) }
        return await withTaskCancellationHandler {
            await referee.value
        } onCancel: {
            giver.yield(.cut(.caller))
        }
    }

    private func watch<Value: Sendable>(
        _ worker: Task<Void, Never>, _ signs: AsyncStream<Sign<Value>>, _ giver: AsyncStream<Sign<Value>>.Continuation
    ) async -> Ending<Value> {
        var timer = Self.giving(.cut(.time), to: giver, after: limit)
        defer { timer.cancel() }
        var cause: Cause?
        for await sign in signs {
            switch sign {
            case .ended(let result): return cause.map { .cut($0, result) } ?? .ended(result)
            case .left(let cause): return .cut(cause, nil)
            case .cut(let first):
                guard cause == nil else { continue }
                cause = first
                worker.cancel()
                timer.cancel()
                timer = Self.giving(.left(first), to: giver, after: grace)
            }
        }
        return .cut(cause ?? .caller, nil)
    }

    private static func giving<Value: Sendable>(
        _ sign: Sign<Value>, to giver: AsyncStream<Sign<Value>>.Continuation, after time: Duration
    ) -> Task<Void, any Error> {
        Task {
            try await Task.sleep(for: time)
            giver.yield(sign)
        }
    }
}
