package import Bellhop
package import Foundation
import InboxCore

/// What is looked at before a handler runs: whether the event is the echo of our own write, or part of a loop.
package struct EventGuards: Sendable {
    /// The digests of our last writes to a resource since a moment, by field.
    package typealias LastWrites = @Sendable (_ resource: String, Shop, _ since: Date) async throws -> [String: Data]

    private let lastWrites: LastWrites
    private let loops: LoopGuard?

    package init(lastWrites: @escaping LastWrites = { _, _, _ in [:] }, loops: LoopGuard? = nil) {
        self.lastWrites = lastWrites
        self.loops = loops
    }

    /// - Returns: what becomes of the event without its handler; `nil` when that has to run.
    func ruling(on claim: Claim, for handler: RegisteredHandler, at now: Date) async -> JobResult.Outcome? {
        if await isEcho(claim, by: handler.terms.echoGuard, at: now) {
            return .skipped(reason: "echo of our own write")
        }
        guard claim.delivery.topic.tellsOfChanges, loops?.holds(claim, limit: handler.terms.loopLimit, at: now) == true
        else {
            return nil
        }
        return .held(
            reason:
                "looks like a loop: \(handler.terms.loopLimit.words) for this resource wanted effects. See whether the "
                + "handler answers to its own changes (an echo_guard in its file in webhooks/ helps), or allow more under "
                + "loop_guard there; once no event has come for that time, retry this one")
    }

    /// Counts a run that wants effects.
    func note(_ effects: [Effect], of claim: Claim, by handler: RegisteredHandler, at now: Date) {
        guard !effects.isEmpty, claim.delivery.topic.tellsOfChanges else { return }
        loops?.ran(claim, limit: handler.terms.loopLimit, at: now)
    }

    /// When the writes cannot be read, the handler runs: a second look is better than an event lost.
    private func isEcho(_ claim: Claim, by echoGuard: EchoGuard?, at now: Date) async -> Bool {
        guard let echoGuard, let resource = claim.delivery.resource,
            let written = try? await lastWrites(
                resource, claim.delivery.shop, now - FieldWrite.memory.timeInterval)
        else { return false }
        return echoGuard.isEcho(claim.delivery.body, written: written)
    }
}

extension Topic {
    /// Whether an event of it may come from a write to a resource that is there already. Something is created once, and
    /// a customer asks for a return: no effect of ours brings such an event about again.
    fileprivate var tellsOfChanges: Bool {
        !rawValue.hasSuffix("/create") && !rawValue.hasSuffix("/request")
    }
}
