import InboxCore
import InboxSQLite
import Logging
import ServiceLifecycle

/// Opens storage, waiting for one that cannot be used yet but may be soon: on a full disk, or in a data folder that the
/// process before still has. A server that ended instead would be started again and again, until somebody had to look.
///
/// Nothing listens meanwhile: who took the place of the process before could not have its ports either, and a closed
/// port is what every load balancer understands.
struct StorageWait: Sendable {
    /// Between two tries; longer when a try takes longer, so that a slow disk is left alone half of the time.
    private static let pause = Duration.seconds(1)

    let waits: Bool
    let logger: Logger

    /// - Throws: what `open` throws and will not pass by itself, or `CancellationError` when told to stop meanwhile.
    func open<Storage: Sendable>(_ open: @Sendable () async throws -> Storage) async throws -> Storage {
        let clock = ContinuousClock()
        var said: String?
        while true {
            let began = clock.now
            do {
                let storage = try await open()
                if said != nil { logger.notice("the storage can be used now") }
                return storage
            } catch let error as InboxError where waits && SQLiteInbox.mayPass(error) {
                if said != error.message { tell(error) }
                said = error.message
                let pause = max(Self.pause, began.duration(to: clock.now))
                try await cancelWhenGracefulShutdown { try await clock.sleep(for: pause) }
            }
        }
    }

    private func tell(_ error: InboxError) {
        logger.error(
            "the storage cannot be used yet; the server starts when it can, and tries again every second",
            metadata: ["reason": "\(error.message)"])
    }
}
