import Bellhop
import CrashPoints
package import Foundation
package import InboxCore
package import Logging
import ServiceLifecycle
import Synchronization

/// Takes planned effects from the queue and has them delivered, a bounded number at once.
///
/// Every effect under way holds a lease that is extended meanwhile; who has lost it records nothing. On graceful shutdown
/// no more are taken, and those under way may end for `drain`. One that is then still open is left as it is: at the next
/// start it counts as one that may have arrived.
package struct EffectRunner: Service {
    package struct Configuration: Sendable, Hashable {
        /// Effects under way at once, to all receivers together.
        package var concurrency: Int
        /// How long a claim lasts without a sign of life.
        package var lease: Duration
        /// How long those under way may go on after the signal to stop.
        package var drain: Duration
        /// The longest pause between two looks into the queue, should a signal be missed.
        package var poll: Duration

        package init(
            concurrency: Int = 32, lease: Duration = .seconds(120), drain: Duration = .seconds(10),
            poll: Duration = .seconds(5)
        ) {
            self.concurrency = max(1, concurrency)
            self.lease = lease
            self.drain = drain
            self.poll = poll
        }
    }

    private let configuration: Configuration
    private let queue: any EffectQueue
    private let deliverers: @Sendable () -> [any EffectDeliverer]
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let jitter: @Sendable () -> Double
    private let paces = PaceBook()

    /// - Parameters:
    ///   - deliverers: asked before each look into the queue; one for a kind at most.
    ///   - jitter: a random number in 0..<1 for each call.
    package init(
        configuration: Configuration = Configuration(), queue: any EffectQueue,
        deliverers: @escaping @Sendable () -> [any EffectDeliverer], logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() },
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.configuration = configuration
        self.queue = queue
        self.deliverers = deliverers
        self.logger = logger
        self.now = now
        self.jitter = jitter
    }

    package func run() async throws {
        let bell = Bell()
        // Listening starts before the first look: what is planned in between rings.
        let changes = queue.effectChanges
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await _ in changes { bell.ring(.workArrived) }
                }
                await takeEffects(bell: bell, group: &group)
                await drain(bell: bell, group: &group)
                group.cancelAll()
            }
        } onGracefulShutdown: {
            bell.ring(.stop)
        }
    }

    private func takeEffects(bell: Bell, group: inout DiscardingTaskGroup) async {
        var alarm = Alarm()
        var backoff = Backoff(cap: configuration.poll)
        while !bell.isStopping, !Task.isCancelled {
            do {
                try await fillSlots(bell: bell, group: &group)
                backoff.succeeded()
            } catch {
                logger.error("cannot claim effects", metadata: ["error": "\(error.queueWords)"])
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
            let free = configuration.concurrency - bell.running
            let deliverers = deliverers()
            guard free > 0, !deliverers.isEmpty else { return }
            let lanes = deliverers.reduce(into: [:]) { $0.merge($1.lanes) { first, _ in first } }
            let demand = EffectDemand(
                limit: free, kinds: Set(deliverers.map(\.kind)), room: paces.room(in: lanes, at: now()))
            let claims = try await queue.claimEffects(demand, now: now(), leaseFor: configuration.lease)
            guard !claims.isEmpty else { return }
            for claim in claims {
                guard let deliverer = deliverers.first(where: { $0.kind == claim.effect.kind }) else { continue }
                bell.began()
                paces.began(claim.lane)
                group.addTask {
                    let ending = await work(on: claim, with: deliverer)
                    paces.ended(claim.lane, with: ending, at: now())
                    bell.ended()
                }
            }
        }
    }

    /// When to look again if nothing rings. With all slots taken only the end of an attempt matters, and that rings.
    private func nextLook(_ bell: Bell) async -> Date {
        let latest = now() + configuration.poll.timeInterval
        guard bell.running < configuration.concurrency else { return latest }
        let due = (try? await queue.nextEffectDue()).flatMap { $0 }
        let next = [due, paces.nextRoom(after: now())].compactMap { $0 }.min() ?? latest
        return min(max(next, now()), latest)
    }

    /// Lets attempts end until the drain time is over.
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
            logger.notice(
                "drain time is over; whether these effects arrived is found out after the next start",
                metadata: ["effects": "\(bell.running)"])
        }
    }

    private func work(on claim: EffectClaim, with deliverer: any EffectDeliverer) async -> LanePace.Ending {
        var logger = logger
        logger[metadataKey: "effect"] = "\(claim.key)"
        let heartbeat = EffectHeartbeat(claim: claim, queue: queue, lease: configuration.lease, now: now)
        do {
            let end = try await heartbeat.keeping { [logger] in
                let end = try await EffectAttempt(claim: claim, deliverer: deliverer, now: now, jitter: jitter).run()
                CrashPoint.reached(.effectSent)
                let isRecorded = try await record(end.outcome, of: claim, logger: logger)
                return isRecorded ? end : nil
            }
            guard let end else {
                logger.warning("lease lost, nothing was recorded")
                return .neutral
            }
            tell(end.outcome, logger: logger)
            return end.pace
        } catch is CancellationError {
            return .neutral
        } catch {
            logger.error("cannot record what came of an effect", metadata: ["error": "\(error.queueWords)"])
            return .neutral
        }
    }

    private func tell(_ outcome: EffectResult.Outcome, logger: Logger) {
        switch outcome {
        case .done: logger.debug("effect done")
        case .retry(_, let reason, _): logger.info("effect not delivered yet", metadata: ["reason": "\(reason)"])
        case .failed(let reason): logger.warning("effect failed", metadata: ["reason": "\(reason)"])
        case .unknown(let reason):
            logger.warning("effect may or may not have happened", metadata: ["reason": "\(reason)"])
        case .notSent: break
        }
    }

    /// Records an outcome, trying again while the storage fails: without it nobody would know that it was sent.
    ///
    /// - Returns: `false` when the lease was lost.
    private func record(
        _ outcome: EffectResult.Outcome, of claim: EffectClaim, logger: Logger
    ) async throws -> Bool {
        let result = EffectResult(outcome, at: now())
        var backoff = Backoff(cap: configuration.poll)
        while true {
            do {
                return try await queue.finishEffect(claim, with: result)
            } catch let error as InboxError where error.code == .storage && !Task.isCancelled {
                logger.warning("not recorded yet what came of an effect", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: backoff.failed())
            }
        }
    }
}

/// The lanes' paces, shared by the attempts.
private final class PaceBook: Sendable {
    private let paces = Mutex(LanePaces())

    func room(in lanes: [EffectLane: LaneLimits], at now: Date) -> [EffectLane: Int] {
        paces.withLock { $0.room(in: lanes, at: now) }
    }

    func nextRoom(after now: Date) -> Date? {
        paces.withLock { $0.nextRoom(after: now) }
    }

    func began(_ lane: EffectLane) {
        paces.withLock { $0.began(lane) }
    }

    func ended(_ lane: EffectLane, with ending: LanePace.Ending, at now: Date) {
        paces.withLock { $0.ended(lane, with: ending, at: now) }
    }
}

extension Error {
    /// What may be logged of it: the inbox's own errors speak for themselves, of any other the type must do.
    fileprivate var queueWords: String {
        (self as? InboxError)?.description ?? "\(type(of: self))"
    }
}
