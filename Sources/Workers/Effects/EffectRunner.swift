import Bellhop
import CrashPoints
import Foundation
package import InboxCore
package import Logging
package import ModelClient
import ServiceLifecycle
import Synchronization

/// Takes planned effects from the queue and has them delivered, a bounded number at once.
///
/// Every effect under way holds a lease that is extended meanwhile; who has lost it records nothing. On graceful
/// shutdown no more are taken, and those under way may end. One that is open after the longest attempt is left as it
/// is: at the next start it counts as one that may have arrived.
package struct EffectRunner: Service {
    package struct Configuration: Sendable, Hashable {
        package var claiming: ClaimLoop.Configuration
        /// How long those under way may go on after the signal to stop, beyond the longest attempt: to record their
        /// ends.
        package var margin: Duration

        /// - Parameters:
        ///   - concurrency: effects under way at once, to all receivers together.
        ///   - lease: how long a claim lasts without a sign of life.
        ///   - poll: the longest pause between two looks into the queue, should a signal be missed.
        package init(
            concurrency: Int = 32, lease: Duration = .seconds(120), margin: Duration = .seconds(5),
            poll: Duration = .seconds(5)
        ) {
            claiming = ClaimLoop.Configuration(concurrency: concurrency, lease: lease, poll: poll)
            self.margin = margin
        }
    }

    private let configuration: Configuration
    private let queue: any EffectQueue
    private let deliverers: @Sendable () -> [any EffectDeliverer]
    private let onUncertain: @Sendable (UncertainEffect) -> Void
    private let logger: Logger
    private let time: TimeSource
    private let jitter: @Sendable () -> Double
    private let paces = Paces()

    /// The lanes' paces, shared by the attempts.
    private final class Paces: Sendable {
        let lanes = Mutex(LanePaces())
    }

    /// - Parameters:
    ///   - deliverers: asked before each look into the queue; one for a kind at most.
    ///   - onUncertain: called once for each that a person has to look after from then on.
    ///   - jitter: a random number in 0..<1 for each call.
    package init(
        configuration: Configuration = Configuration(), queue: any EffectQueue,
        deliverers: @escaping @Sendable () -> [any EffectDeliverer],
        onUncertain: @escaping @Sendable (UncertainEffect) -> Void = { _ in }, logger: Logger,
        time: TimeSource = .system,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.configuration = configuration
        self.queue = queue
        self.deliverers = deliverers
        self.onUncertain = onUncertain
        self.logger = logger
        self.time = time
        self.jitter = jitter
    }

    package func run() async throws {
        // Listening starts before the first look: what is planned in between is heard.
        await ClaimLoop(
            configuration: configuration.claiming, drain: drain, signals: [queue.effectChanges],
            claim: claim, nextDue: nextDue,
            words: .init(
                cannotClaim: "cannot claim effects",
                drainIsOver: "drain time is over; whether these effects arrived is found out after the next start"),
            logger: logger, time: time
        ).run()
    }

    /// A request in flight must be let end: cut off, nobody would know whether it arrived.
    private func drain() -> Duration {
        (deliverers().map(\.longestAttempt).max() ?? .zero) + configuration.margin
    }

    private func claim(_ free: Int) async throws -> ClaimLoop.Batch {
        let deliverers = Dictionary(
            self.deliverers().map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        guard !deliverers.isEmpty else { return ClaimLoop.Batch(work: [], mayHaveMore: false) }
        let lanes = deliverers.values.reduce(into: [:]) { $0.merge($1.lanes) { first, _ in first } }
        let now = time.date()
        let demand = EffectDemand(
            limit: free, kinds: Set(deliverers.keys), room: paces.lanes.withLock { $0.room(in: lanes, at: now) })
        let claims = try await queue.claimEffects(demand, now: now, leaseFor: configuration.claiming.lease)
        return ClaimLoop.Batch(
            work: claims.compactMap { claim in
                deliverers[claim.effect.kind].map { work(on: claim, with: $0) }
            }, mayHaveMore: !claims.isEmpty)
    }

    private func work(
        on claim: EffectClaim, with deliverer: any EffectDeliverer
    ) -> @Sendable () async -> Void {
        paces.lanes.withLock { $0.began(claim.lane) }
        return {
            let pace = await deliver(claim, with: deliverer)
            let now = time.date()
            paces.lanes.withLock { $0.ended(claim.lane, with: pace, at: now) }
        }
    }

    private func nextDue() async -> Date? {
        let due = (try? await queue.nextEffectDue()).flatMap { $0 }
        let now = time.date()
        return [due, paces.lanes.withLock { $0.nextRoom(after: now) }].compactMap { $0 }.min()
    }

    private func deliver(_ claim: EffectClaim, with deliverer: any EffectDeliverer) async -> LanePace.Ending {
        var logger = logger
        logger[metadataKey: "effect"] = "\(claim.key)"
        let keeper = LeaseKeeper(
            lease: configuration.claiming.lease, longestPause: configuration.claiming.poll, logger: logger, time: time)
        let attempt = EffectAttempt(claim: claim, deliverer: deliverer, now: time.date, jitter: jitter)
        do {
            let ending = try await keeper.holding(
                extend: { try await queue.extendEffect(claim, until: $0) },
                work: { () async throws(CancellationError) -> (end: EffectAttempt.End, at: Date) in
                    let end = try await attempt.run()
                    CrashPoint.reached(.effectSent)
                    return (end, time.date())
                },
                finish: { try await queue.finishEffect(claim, with: EffectResult($0.end.outcome, at: $0.at)) })
            switch ending {
            case .recorded(let (end, _)):
                tell(end.outcome, of: claim, logger: logger)
                return end.pace
            case .lost:
                logger.warning("lease lost, nothing was recorded")
            case .unrecorded(let (end, at), let error):
                await giveUp(claim, at: at, because: error, logger: logger)
                return end.pace
            }
        } catch {
            // Cut off: it stays open.
        }
        return .neutral
    }

    /// What came of an effect could not be recorded. When the storage works and does not take it, a person has to look:
    /// nobody else knows that it was sent. Else the lease runs out, and it counts as one that may have arrived.
    private func giveUp(_ claim: EffectClaim, at moment: Date, because error: any Error, logger: Logger) async {
        logger.error("cannot record what came of an effect", metadata: ["error": "\(error.storeWords)"])
        guard (error as? InboxError)?.code != .storage else { return }
        let reason = "what came of it cannot be recorded: \(error.storeWords); look at the receiver"
        do {
            let outcome = EffectResult.Outcome.unknown(reason: reason)
            guard try await queue.finishEffect(claim, with: EffectResult(outcome, at: moment)) else { return }
            tell(outcome, of: claim, logger: logger)
        } catch {
            logger.error("cannot hold the effect", metadata: ["error": "\(error.storeWords)"])
        }
    }

    private func tell(_ outcome: EffectResult.Outcome, of claim: EffectClaim, logger: Logger) {
        switch outcome {
        case .done: logger.debug("effect done")
        case .retry(_, let reason, _): logger.info("effect not delivered yet", metadata: ["reason": "\(reason)"])
        case .failed(let reason): logger.warning("effect failed", metadata: ["reason": "\(reason)"])
        case .unknown(let reason):
            logger.warning("effect may or may not have happened", metadata: ["reason": "\(reason)"])
            onUncertain(UncertainEffect(key: claim.key, lane: claim.lane, reason: reason))
        case .notSent: break
        }
    }
}
