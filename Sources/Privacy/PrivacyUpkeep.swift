package import Foundation
package import InboxCore
package import Logging
import ServiceLifecycle

/// What privacy needs done beside the requests: the subject index follows the deliveries, what is old is deleted, and
/// what an older key sealed is sealed anew.
package struct PrivacyUpkeep: Service {
    /// How often what is looked after, and how long is waited between two steps, which leaves the writer to others.
    package struct Pace: Sendable {
        package var index = Duration.seconds(5)
        package var indexStep = Duration.milliseconds(5)
        package var retention = Duration.seconds(600)
        package var retentionStep = Duration.milliseconds(20)
        package var resealStep = Duration.milliseconds(20)
        /// Until what could not be overwritten is tried again.
        package var scrub = Duration.seconds(1)

        package init() {}
    }

    private let store: any PrivacyStore
    private let rules: @Sendable () -> RetentionRules
    private let pace: Pace
    private let logger: Logger
    private let now: @Sendable () -> Date

    /// - Parameter rules: asked before each pass.
    package init(
        store: any PrivacyStore, rules: @escaping @Sendable () -> RetentionRules, pace: Pace = Pace(), logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.store = store
        self.rules = rules
        self.pace = pace
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await repeating("subject index", every: pace.index) { try await index() } }
                group.addTask { await repeating("retention", every: pace.retention) { try await retain() } }
                group.addTask { await reseal() }
            }
        }
    }

    private func index() async throws {
        while try await store.indexNext(SubjectReader.read) { try await Task.sleep(for: pace.indexStep) }
    }

    private func retain() async throws {
        let pass = RetentionPass(store: store, rules: rules(), pause: pace.retentionStep)
        guard try await !pass.run(at: now()) else { return }
        logger.warning(
            "the database is larger than retention.max_size, and nothing is left that may be deleted; see held events")
    }

    private func reseal() async {
        while !Task.isCancelled {
            do {
                var hasSealed = false
                while try await store.resealNext() {
                    hasSealed = true
                    try await Task.sleep(for: pace.resealStep)
                }
                while hasSealed, try await !store.scrub() { try await Task.sleep(for: pace.scrub) }
                if hasSealed { logger.notice("everything is sealed with the newest storage key") }
                return
            } catch {
                report("sealing", error)
                try? await Task.sleep(for: pace.index)
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
