import Foundation
package import InboxCore
package import Logging
import ServiceLifecycle

/// What privacy needs done beside the requests: the subject index follows the deliveries, what is old is deleted, and what
/// an older key sealed is sealed anew.
package struct PrivacyUpkeep: Service {
    private static let indexInterval = Duration.seconds(5)
    /// Between two steps of the index, so that a long way to go leaves the writer to others.
    private static let indexPause = Duration.milliseconds(5)
    private static let retentionInterval = Duration.seconds(600)
    /// Between two steps of sealing anew.
    private static let resealPause = Duration.milliseconds(20)
    private static let shortest = Duration.seconds(1)

    private let store: any PrivacyStore
    private let rules: @Sendable () -> RetentionRules
    private let logger: Logger

    /// - Parameter rules: asked before each pass.
    package init(store: any PrivacyStore, rules: @escaping @Sendable () -> RetentionRules, logger: Logger) {
        self.store = store
        self.rules = rules
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await repeating("subject index", every: Self.indexInterval) { try await index() } }
                group.addTask { await repeating("retention", every: Self.retentionInterval) { try await retain() } }
                group.addTask { await reseal() }
            }
        }
    }

    private func index() async throws {
        while try await store.indexNext(SubjectReader.read) { try await Task.sleep(for: Self.indexPause) }
    }

    private func retain() async throws {
        guard try await !RetentionPass(store: store, rules: rules()).run(at: Date()) else { return }
        logger.warning(
            "the database is larger than retention.max_size, and nothing is left that may be deleted; see held events")
    }

    private func reseal() async {
        while !Task.isCancelled {
            do {
                var hasSealed = false
                while try await store.resealNext() {
                    hasSealed = true
                    try await Task.sleep(for: Self.resealPause)
                }
                while hasSealed, try await !store.scrub() { try await Task.sleep(for: Self.shortest) }
                if hasSealed { logger.notice("everything is sealed with the newest storage key") }
                return
            } catch {
                report("sealing", error)
                try? await Task.sleep(for: Self.indexInterval)
            }
        }
    }

    /// Does something again and again until the task is cancelled. A failure is told, and made good by the next time.
    private func repeating(
        _ what: String, every interval: Duration, _ body: @Sendable () async throws -> Void
    ) async {
        while !Task.isCancelled {
            do {
                try await body()
            } catch {
                report(what, error)
            }
            try? await Task.sleep(for: interval)
        }
    }

    private func report(_ what: String, _ error: any Error) {
        guard !(error is CancellationError) else { return }
        logger.error(
            "privacy upkeep failed and is tried again",
            metadata: ["what": "\(what)", "error": "\((error as? InboxError)?.description ?? "\(type(of: error))")"])
    }
}
