package import Bellhop
package import BellhopConfiguration
package import Console
package import Logging
import ModelClient
import ServiceLifecycle
import Synchronization

/// Takes a changed configuration up while the server runs: all of it, or nothing when there is a mistake anywhere.
///
/// The files are read when somebody asks, and when they look different at a look. Events under way keep the
/// configuration that they began with.
package final class SetupReloader: Service {
    private let files: SetupFiles
    private let handlers: [any WebhookHandler.Type]
    private let live: LiveSetup
    private let triggers: AsyncStream<ReloadTrigger>
    private let logger: Logger
    private let started: Settings
    private let state: Mutex<State>

    private struct State {
        /// What the setup in use was read from.
        var taken: ConfigurationFiles
        /// How the files looked when they were read last.
        var stamps: FileStamps?
        /// What was refused last, and logged.
        var refused: ConfigurationFiles?
        /// The reload or look that came last.
        var last: Task<Void, Never>?
    }

    /// - Parameters:
    ///   - taken: what the live setup was read from.
    ///   - started: the settings that the server was started with.
    ///   - triggers: says when to look or to reload.
    package init(
        files: SetupFiles, taken: ConfigurationFiles, started: Settings, handlers: [any WebhookHandler.Type],
        live: LiveSetup, triggers: AsyncStream<ReloadTrigger>, logger: Logger
    ) {
        self.files = files
        self.handlers = handlers
        self.live = live
        self.triggers = triggers
        self.logger = logger
        self.started = started
        state = Mutex(State(taken: taken))
    }

    /// Follows the triggers until graceful shutdown.
    package func run() async throws {
        for await trigger in triggers.cancelOnGracefulShutdown() {
            switch trigger {
            case .look: await look()
            case .reload: _ = await reload()
            }
        }
        // What triggers stops before: that is no reason to end, as others may still ask.
        try? await gracefulShutdown()
    }

    /// Reads everything and takes it up, also when nothing has changed: models that were given up get another chance.
    package func reload() async -> ReloadOutcome {
        await inTurn { [self] in
            let stamps = await files.stamps()
            return await takeUp(files.read(), stamps: stamps)
        }
    }

    /// Reloads if the files look other than when they were read last.
    private func look() async {
        await inTurn { [self] in
            let stamps = await files.stamps()
            guard stamps != state.withLock({ $0.stamps }) else { return }
            let read = await files.read()
            let isKnown = state.withLock { state in
                state.stamps = stamps
                return read == state.taken && state.refused == nil || read == state.refused
            }
            if !isKnown { _ = await takeUp(read, stamps: stamps) }
        }
    }

    /// One reload follows another, and one that has begun is finished even when nobody waits for it any more: half of
    /// it would be neither the old configuration nor the new one.
    private func inTurn<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) async -> Result {
        let task = state.withLock { state in
            let previous = state.last
            let task = Task {
                await previous?.value
                return await body()
            }
            state.last = Task { _ = await task.value }
            return task
        }
        return await task.value
    }

    /// - Parameter stamps: from before the files were read, so that a change during that is seen at the next look.
    private func takeUp(_ read: ConfigurationFiles, stamps: FileStamps) async -> ReloadOutcome {
        state.withLock { $0.stamps = stamps }
        do {
            let (settings, subscriptions) = try read.all(settings: files.settings)
            let checked = try Setup.Checked(settings: settings, subscriptions: subscriptions, handlers: handlers)
            let taken = state.withLock { $0.taken }
            let changes = try read.changes(since: taken)
            live.replace(with: try await live.current.succeeded(by: checked))
            state.withLock { state in
                state.taken = read
                state.refused = nil
            }
            return .taken(report(changes, checked))
        } catch let error as ConfigurationError {
            return refuse(read, error)
        } catch {
            logger.error("configuration not taken up", metadata: ["error": "the ledger does not answer"])
            return .failed("the ledger does not answer; the configuration stays as it was, try again")
        }
    }

    private func report(_ changes: [String], _ checked: Setup.Checked) -> Reloaded {
        let report = Reloaded(
            changed: changes, needsRestart: checked.settings.needingRestart(since: started),
            warnings: checked.warnings.map(\.description))
        logger.notice(
            "configuration taken up",
            metadata: ["changed": "\(changes.isEmpty ? "nothing" : changes.joined(separator: ", "))"])
        for warning in checked.warnings { logger.warning("configuration", metadata: ["warning": "\(warning)"]) }
        if !report.needsRestart.isEmpty {
            logger.warning(
                "needs a restart", metadata: ["keys": "\(report.needsRestart.joined(separator: ", "))"])
        }
        return report
    }

    private func refuse(_ read: ConfigurationFiles, _ error: ConfigurationError) -> ReloadOutcome {
        let isNew = state.withLock { state in
            defer { state.refused = read }
            return state.refused != read
        }
        if isNew {
            for mistake in error.all {
                logger.error("configuration refused, the old one stays", metadata: ["mistake": "\(mistake)"])
            }
        }
        return .refused(error.all.map { ReloadMistake(file: $0.file, line: $0.line, message: $0.message) })
    }
}
