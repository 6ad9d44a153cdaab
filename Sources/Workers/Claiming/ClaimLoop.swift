import Foundation
import InboxCore
import Logging
import ModelClient
import ServiceLifecycle

/// Claims work for free slots until the signal to stop, then drains: what is under way may end within a time, and is
/// cancelled after that. The work itself must come to an end when it is cancelled.
package struct ClaimLoop: Sendable {
    let configuration: Configuration
    /// How long what is under way may go on after the signal to stop; asked at that moment.
    let drain: @Sendable () -> Duration
    /// Each element says that there may be something to claim.
    let signals: [AsyncStream<Void>]
    /// Claims for at most so many free slots. What it throws is logged; it must hold no claim then.
    let claim: @Sendable (_ free: Int) async throws -> Batch
    /// When time alone may give something to claim; `nil` when it will not.
    let nextDue: @Sendable () async -> Date?
    let words: Words
    let logger: Logger
    let time: TimeSource

    func run() async {
        let wake = Wake()
        let slots = Slots(configuration.concurrency)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for signal in signals {
                    group.addTask {
                        for await _ in signal { wake.call() }
                    }
                }
                await take(into: slots, wake: wake, group: &group)
                await drain(slots, wake: wake)
                group.cancelAll()
            }
        } onGracefulShutdown: {
            wake.call()
        }
    }

    private var isStopping: Bool { Task.isShuttingDownGracefully || Task.isCancelled }

    private func take(into slots: Slots, wake: Wake, group: inout DiscardingTaskGroup) async {
        var alarm = Alarm()
        var backoff = Backoff(cap: configuration.poll)
        while !isStopping {
            do {
                try await fill(slots, wake: wake, group: &group)
                backoff.succeeded()
            } catch {
                // Once for a stretch of failures: the inbox says itself when its storage fails and works again.
                logger.log(
                    level: backoff.isFailing ? .debug : .error, "\(words.cannotClaim)",
                    metadata: ["error": "\(error.storeWords)"])
                let pause = backoff.failed()
                try? await cancelWhenGracefulShutdown { try await time.sleep(pause) }
                continue
            }
            if let pause = alarm.pause(until: await nextLook(slots), now: time.date()) {
                group.addTask {
                    try? await time.sleep(pause)
                    wake.call()
                }
            }
            await wake.heard()
        }
    }

    private func fill(_ slots: Slots, wake: Wake, group: inout DiscardingTaskGroup) async throws {
        while !isStopping, slots.free > 0 {
            let batch = try await claim(slots.free)
            for work in batch.work {
                slots.take()
                group.addTask {
                    await work()
                    slots.leave()
                    wake.call()
                }
            }
            guard batch.mayHaveMore else { return }
        }
    }

    /// When to look again if nothing calls. With all slots taken only the end of work matters, and that calls.
    private func nextLook(_ slots: Slots) async -> Date {
        let now = time.date()
        let latest = now + configuration.poll.timeInterval
        guard slots.free > 0, let due = await nextDue() else { return latest }
        return min(max(due, now), latest)
    }

    /// Lets work end until the drain time is over.
    private func drain(_ slots: Slots, wake: Wake) async {
        let drain = drain()
        await withTaskGroup { race in
            race.addTask {
                while slots.taken > 0, !Task.isCancelled { await wake.heard() }
            }
            race.addTask { try? await time.sleep(drain) }
            await race.next()
            race.cancelAll()
        }
        guard slots.taken > 0 else { return }
        logger.notice("\(words.drainIsOver)", metadata: ["count": "\(slots.taken)"])
    }
}
