import CrashPoints
import Foundation
package import InboxCore
package import Logging
package import ModelClient
import ServiceLifecycle

/// Takes jobs from the inbox and runs them, a bounded number at once.
///
/// Every running job holds a lease that is extended while it runs; a worker whose lease is lost stops and records
/// nothing. On graceful shutdown no more jobs are taken; those under way may finish for `drain`, and what is then
/// left is cancelled and given back without using up an attempt.
package struct WorkerPool: Service {
    package struct Configuration: Sendable, Hashable {
        package var claiming: ClaimLoop.Configuration
        /// How long jobs under way may go on after the signal to stop.
        package var drain: Duration

        /// - Parameters:
        ///   - concurrency: jobs under way at once.
        ///   - lease: how long a claim lasts without a sign of life.
        ///   - poll: the longest pause between two looks into the inbox, should a signal be missed.
        package init(
            concurrency: Int = 16, lease: Duration = .seconds(60), drain: Duration = .seconds(20),
            poll: Duration = .seconds(5)
        ) {
            claiming = ClaimLoop.Configuration(concurrency: concurrency, lease: lease, poll: poll)
            self.drain = drain
        }
    }

    private let configuration: Configuration
    private let inbox: any Inbox
    private let runner: @Sendable () -> HandlerRunner
    private let watch: HandlerWatch
    private let logger: Logger
    private let time: TimeSource

    /// - Parameters:
    ///   - runner: asked for each job, which keeps the runner to its end.
    ///   - watch: knows the handlers that are left alone because their events fail alike.
    package init(
        configuration: Configuration = Configuration(), inbox: any Inbox,
        runner: @escaping @Sendable () -> HandlerRunner, watch: HandlerWatch = HandlerWatch(), logger: Logger,
        time: TimeSource = .system
    ) {
        self.configuration = configuration
        self.inbox = inbox
        self.runner = runner
        self.watch = watch
        self.logger = logger
        self.time = time
    }

    package func run() async throws {
        // Listening starts before the first look: what arrives in between is heard.
        await ClaimLoop(
            configuration: configuration.claiming, drain: { configuration.drain },
            signals: [inbox.changes, watch.resumptions], claim: claim, nextDue: nextDue,
            words: .init(
                cannotClaim: "cannot claim jobs", drainIsOver: "drain time is over, jobs under way are given back"),
            logger: logger, time: time
        ).run()
    }

    private func claim(_ free: Int) async throws -> ClaimLoop.Batch {
        for handlerID in watch.dueForProbe(at: time.date()) {
            let probe = try await probe(handlerID)
            if !probe.isEmpty { return batch(probe, mayHaveMore: true) }
        }
        let claims = try await claim(free, passingOver: Set(watch.paused.map(\.handlerID)))
        return batch(claims, mayHaveMore: claims.count == free)
    }

    /// Takes one job of a handler whose pause is over, if there is one.
    private func probe(_ handlerID: String) async throws -> [Claim] {
        let others = runner().handlerIDs.union(watch.paused.map(\.handlerID)).subtracting([handlerID])
        let claims = try await claim(1, passingOver: others)
        // The job of a handler that is not bound any more may come in its place; it is no probe.
        for claim in claims where claim.handlerID == handlerID { watch.began(probe: claim) }
        return claims
    }

    private func claim(_ limit: Int, passingOver handlers: Set<String>) async throws -> [Claim] {
        try await inbox.claim(
            limit: limit, now: time.date(), leaseFor: configuration.claiming.lease, passingOver: handlers)
    }

    private func batch(_ claims: [Claim], mayHaveMore: Bool) -> ClaimLoop.Batch {
        ClaimLoop.Batch(work: claims.map { claim in { await work(on: claim) } }, mayHaveMore: mayHaveMore)
    }

    private func nextDue() async -> Date? {
        let now = time.date()
        let probes = watch.paused.filter { !$0.isProbing && $0.until > now }.map(\.until)
        let due = (try? await inbox.nextDue()).flatMap { $0 }
        return (probes + [due].compactMap { $0 }).min()
    }

    private func work(on claim: Claim) async {
        var logger = logger
        logger[metadataKey: "delivery"] = "\(claim.deliveryID)"
        logger[metadataKey: "handler"] = "\(claim.handlerID)"
        let runner = runner()
        // What its ending says has been noted by then; of a job without one nothing has been learnt.
        defer { watch.learntNothing(from: claim, at: time.date(), rules: runner.pauses) }
        let keeper = LeaseKeeper(
            lease: configuration.claiming.lease, longestPause: configuration.claiming.poll, logger: logger, time: time)
        do {
            let ending = try await keeper.holding(
                extend: { try await inbox.extend(claim, until: $0) },
                work: { () async throws(CancellationError) -> JobResult in
                    let ending = try await runner.ending(of: claim)
                    let result = watch.judge(ending, of: claim, at: time.date(), rules: runner.pauses)
                    CrashPoint.reached(.handlerFinished)
                    return result
                },
                finish: { try await inbox.finish(claim, with: $0) })
            switch ending {
            case .recorded: break
            case .lost: logger.warning("lease lost, another worker has the job")
            case .unrecorded(let result, let error): await give(up: result, of: claim, because: error, logger: logger)
            }
        } catch {
            await giveBack(claim, logger: logger)
        }
    }

    private func giveBack(_ claim: Claim, logger: Logger) async {
        do {
            try await inbox.giveBack(claim)
        } catch {
            logger.error("cannot give the job back", metadata: ["error": "\(error.storeWords)"])
        }
    }

    /// An outcome could not be recorded. When the storage works and does not take it, a person has to look: the models
    /// would be paid again in each run. Else the lease runs out, and the job is claimed again.
    private func give(up result: JobResult, of claim: Claim, because error: any Error, logger: Logger) async {
        logger.error("cannot record the outcome", metadata: ["error": "\(error.storeWords)"])
        guard (error as? InboxError)?.code != .storage else { return }
        var held = result
        held.outcome = .held(reason: "its outcome cannot be recorded: \(error.storeWords)")
        held.fingerprint = ErrorFingerprint(handlerID: claim.handlerID, kind: "unrecordable", detail: "")
        do {
            _ = try await inbox.finish(claim, with: held)
        } catch {
            logger.error("cannot hold the job", metadata: ["error": "\(error.storeWords)"])
        }
    }
}
