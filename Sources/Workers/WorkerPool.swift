import CrashPoints
package import Foundation
package import InboxCore
package import Logging
import ServiceLifecycle

/// Takes jobs from the inbox and runs them, a bounded number at once.
///
/// Every running job holds a lease that is extended while it runs; a worker whose lease is lost stops and records
/// nothing. On graceful shutdown no more jobs are taken; those under way may finish for `drain`, and what is then
/// left is cancelled and given back without using up an attempt.
package struct WorkerPool: Service {
    package struct Configuration: Sendable, Hashable {
        /// Jobs under way at once.
        package var concurrency: Int
        /// How long a claim lasts without a sign of life.
        package var lease: Duration
        /// How long jobs under way may go on after the signal to stop.
        package var drain: Duration
        /// The longest pause between two looks into the inbox, should a signal be missed.
        package var poll: Duration

        package init(
            concurrency: Int = 16, lease: Duration = .seconds(60), drain: Duration = .seconds(20),
            poll: Duration = .seconds(5)
        ) {
            self.concurrency = max(1, concurrency)
            self.lease = lease
            self.drain = drain
            self.poll = poll
        }
    }

    private let configuration: Configuration
    private let inbox: any Inbox
    private let runner: @Sendable () -> HandlerRunner
    private let watch: HandlerWatch
    private let logger: Logger
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - runner: asked for each job, which keeps the runner to its end.
    ///   - watch: knows the handlers that are left alone because their events fail alike.
    package init(
        configuration: Configuration = Configuration(), inbox: any Inbox,
        runner: @escaping @Sendable () -> HandlerRunner, watch: HandlerWatch = HandlerWatch(), logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.inbox = inbox
        self.runner = runner
        self.watch = watch
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        let bell = Bell()
        // Listening starts before the first look: what arrives in between rings.
        let changes = inbox.changes
        let resumptions = watch.resumptions
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await _ in changes { bell.ring(.workArrived) }
                }
                group.addTask {
                    for await _ in resumptions { bell.ring(.workArrived) }
                }
                await takeJobs(bell: bell, group: &group)
                await drain(bell: bell, group: &group)
                group.cancelAll()
            }
        } onGracefulShutdown: {
            bell.ring(.stop)
        }
    }

    /// Claims jobs for free slots until the bell says stop.
    private func takeJobs(bell: Bell, group: inout DiscardingTaskGroup) async {
        var alarm = Alarm()
        var backoff = Backoff(cap: configuration.poll)
        while !bell.isStopping, !Task.isCancelled {
            do {
                try await fillSlots(bell: bell, group: &group)
                backoff.succeeded()
            } catch {
                // Once for a stretch of failures: the inbox says itself when its storage fails and works again.
                logger.log(
                    level: backoff.isFailing ? .debug : .error, "cannot claim jobs",
                    metadata: ["error": "\(error.inboxWords)"])
                let pause = backoff.failed()
                try? await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
                continue
            }
            if let pause = alarm.pause(until: await nextLook(bell), now: now()) {
                group.addTask {
                    try? await Task.sleep(for: pause)
                    bell.ring(.alarm)
                }
            }
            await bell.next()
        }
    }

    private func fillSlots(bell: Bell, group: inout DiscardingTaskGroup) async throws {
        while !bell.isStopping {
            for handlerID in watch.dueForProbe(at: now()) where bell.running < configuration.concurrency {
                try await probe(handlerID, bell: bell, group: &group)
            }
            let free = configuration.concurrency - bell.running
            guard free > 0 else { return }
            let claims = try await inbox.claim(
                limit: free, now: now(), leaseFor: configuration.lease,
                passingOver: Set(watch.paused.map(\.handlerID)))
            for claim in claims { start(claim, bell: bell, group: &group) }
            if claims.count < free { return }
        }
    }

    /// Takes one job of a handler whose pause is over, if there is one.
    private func probe(_ handlerID: String, bell: Bell, group: inout DiscardingTaskGroup) async throws {
        let others = runner().handlerIDs.union(watch.paused.map(\.handlerID)).subtracting([handlerID])
        let claims = try await inbox.claim(
            limit: 1, now: now(), leaseFor: configuration.lease, passingOver: others)
        for claim in claims {
            // The job of a handler that is not bound any more may come in its place; it is no probe.
            if claim.handlerID == handlerID { watch.began(probe: claim) }
            start(claim, bell: bell, group: &group)
        }
    }

    private func start(_ claim: Claim, bell: Bell, group: inout DiscardingTaskGroup) {
        bell.began()
        group.addTask {
            await work(on: claim)
            bell.ended()
        }
    }

    /// When to look again if nothing rings. With all slots taken only the end of a job matters, and that rings.
    private func nextLook(_ bell: Bell) async -> Date {
        let latest = now() + configuration.poll.timeInterval
        guard bell.running < configuration.concurrency else { return latest }
        let probes = watch.paused.filter { !$0.isProbing && $0.until > now() }.map(\.until)
        let due = (probes + [try? await inbox.nextDue()].compactMap { $0 }).min() ?? latest
        return min(max(due, now()), latest)
    }

    /// Lets jobs finish until the drain time is over, then cancels them.
    private func drain(bell: Bell, group: inout DiscardingTaskGroup) async {
        let drain = configuration.drain
        group.addTask {
            try? await Task.sleep(for: drain)
            bell.ring(.drained)
        }
        while bell.running > 0, !bell.isDrained, !Task.isCancelled {
            await bell.next()
        }
        if bell.running > 0 {
            logger.notice("drain time is over, giving jobs back", metadata: ["jobs": "\(bell.running)"])
        }
    }

    private func work(on claim: Claim) async {
        var logger = logger
        logger[metadataKey: "delivery"] = "\(claim.deliveryID)"
        logger[metadataKey: "handler"] = "\(claim.handlerID)"
        let runner = runner()
        // What its ending says has been noted by then; of a job without one nothing has been learnt.
        defer { watch.learntNothing(from: claim, at: now(), rules: runner.pauses) }
        do {
            let isRecorded = try await withHeartbeat(of: claim) { [logger] in
                let ending = try await runner.ending(of: claim)
                let result = watch.result(of: ending, claim, at: now(), rules: runner.pauses)
                CrashPoint.reached(.handlerFinished)
                return try await record(result, of: claim, logger: logger)
            }
            if !isRecorded { logger.warning("lease lost, another worker has the job") }
        } catch is CancellationError {
            do {
                try await inbox.giveBack(claim)
            } catch {
                logger.error("cannot give the job back", metadata: ["error": "\(error.inboxWords)"])
            }
        } catch {
            // Nothing was recorded: the lease runs out and the job is claimed again.
            logger.error("cannot record the outcome", metadata: ["error": "\(error.inboxWords)"])
        }
    }

    /// Records an outcome, trying again while the storage fails: without it the models would be paid a second time.
    ///
    /// - Returns: `false` when the lease was lost.
    /// - Throws: what the inbox throws once the task is cancelled.
    private func record(_ result: JobResult, of claim: Claim, logger: Logger) async throws -> Bool {
        var backoff = Backoff(cap: configuration.poll)
        while true {
            do {
                return try await inbox.finish(claim, with: result)
            } catch let error as InboxError where error.code == .storage && !Task.isCancelled {
                logger.warning("outcome not recorded yet", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: backoff.failed())
            }
        }
    }

    /// Runs `body` while extending the lease.
    ///
    /// - Returns: what `body` returns, or `false` when the lease was lost; `body` has been cancelled then.
    private func withHeartbeat(
        of claim: Claim, _ body: @escaping @Sendable () async throws -> Bool
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool?.self) { group in
            group.addTask { try await body() }
            group.addTask { await losesLease(of: claim) ? false : nil }
            // When cancelled the heart stops first; what `body` has to say still counts.
            while let ending = try await group.next() {
                guard let ending else { continue }
                group.cancelAll()
                return ending
            }
            return false
        }
    }

    /// Extends the lease until it is lost.
    ///
    /// - Returns: `false` when cancelled before that.
    private func losesLease(of claim: Claim) async -> Bool {
        while (try? await Task.sleep(for: configuration.lease / 3)) != nil {
            // A failure to extend is not a loss yet: the next beat, or the fencing token, decides.
            let kept = try? await inbox.extend(claim, until: now() + configuration.lease.timeInterval)
            if kept == false { return true }
        }
        return false
    }
}

extension Error {
    /// What may be logged of it: the inbox's own errors speak for themselves, of any other the type must do.
    fileprivate var inboxWords: String {
        (self as? InboxError)?.description ?? "\(type(of: self))"
    }
}
