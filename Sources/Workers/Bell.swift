import Synchronization

/// Wakes the pool's loop and keeps what it has to know: how many jobs run, and whether to stop.
final class Bell: Sendable {
    enum Ring: Sendable {
        case workArrived, alarm, stop, drained
    }

    private struct State {
        var running = 0
        var isStopping = false
        var isDrained = false
    }

    private let state = Mutex(State())
    private let rings: AsyncStream<Void>
    private let ringer: AsyncStream<Void>.Continuation

    init() {
        (rings, ringer) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var running: Int { state.withLock { $0.running } }
    var isStopping: Bool { state.withLock { $0.isStopping } }
    var isDrained: Bool { state.withLock { $0.isDrained } }

    func ring(_ ring: Ring) {
        state.withLock {
            switch ring {
            case .stop: $0.isStopping = true
            case .drained: $0.isDrained = true
            case .workArrived, .alarm: break
            }
        }
        ringer.yield()
    }

    func began() {
        state.withLock { $0.running += 1 }
    }

    func ended() {
        state.withLock { $0.running -= 1 }
        ringer.yield()
    }

    /// Waits for the next ring; a ring that came before is not missed. One loop waits at a time.
    func next() async {
        var iterator = rings.makeAsyncIterator()
        await iterator.next()
    }
}
