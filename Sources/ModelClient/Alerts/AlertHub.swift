import Synchronization

/// Hands alerts to any number of listeners.
final class AlertHub: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Alert>.Continuation] = [:]
        var nextID = 0
    }

    /// A listener that falls behind by more than this loses the oldest.
    private static let backlog = 100

    private let state = Mutex(State())

    func stream() -> AsyncStream<Alert> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Alert.self, bufferingPolicy: .bufferingNewest(Self.backlog))
        let id = state.withLock { state in
            state.nextID += 1
            state.listeners[state.nextID] = continuation
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    func send(_ alert: Alert) {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield(alert) }
    }
}
