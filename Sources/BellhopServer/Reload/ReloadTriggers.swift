import ServiceLifecycle
import UnixSignals

/// Why a ``SetupReloader`` should do something.
package enum ReloadTrigger: Sendable {
    /// See whether the files look different, and reload if so.
    case look
    case reload
}

/// Triggers from outside: a look every two seconds, and a reload for each SIGHUP.
struct ReloadTriggers: Service {
    private static let interval = Duration.seconds(2)

    let triggers: AsyncStream<ReloadTrigger>
    private let pull: AsyncStream<ReloadTrigger>.Continuation

    init() {
        // Looks that nobody has had time for are as good as one.
        (triggers, pull) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4))
    }

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in signals.cancelOnGracefulShutdown() { pull.yield(.reload) }
            }
            group.addTask {
                while (try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }) != nil {
                    pull.yield(.look)
                }
            }
        }
        pull.finish()
    }
}
