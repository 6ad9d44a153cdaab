package import Bellhop
package import Foundation

/// Where effects are kept until they are delivered.
///
/// They get there in the commit that records a job's outcome, ``Inbox/finish(_:with:)``. The effects of one job are
/// handed out in their order: a later one waits while an earlier one is planned, under way, failed or unknown.
///
/// **For callers.** When a method that changes something returns, the change is on stable storage.
///
/// **For implementers.** As with ``Inbox``: no clock, and a cancelled caller cancels no write. Every implementation
/// passes the conformance suite in `Tests/InboxTests`.
package protocol EffectQueue: Sendable {
    /// Takes effects that are ready, or whose pause is over, the oldest of each lane first.
    ///
    /// Those whose lease has expired, or that an earlier epoch was sending, count as ready and as uncertain. It may
    /// give fewer than there are; ask until there are none.
    func claimEffects(_ demand: EffectDemand, now: Date, leaseFor: Duration) async throws -> [EffectClaim]

    /// Makes the lease last until a new moment.
    ///
    /// - Returns: `false` when the lease has been lost; nothing may be recorded then.
    func extendEffect(_ claim: EffectClaim, until: Date) async throws -> Bool

    /// Records how an attempt ended, and what it wrote, in one commit.
    ///
    /// - Returns: `false` when the lease has been lost, in which case nothing was recorded.
    func finishEffect(_ claim: EffectClaim, with result: EffectResult) async throws -> Bool

    /// When the earliest pause or lease ends; `nil` when there is none.
    func nextEffectDue() async throws -> Date?

    /// Newest first.
    func effects(_ filter: EffectFilter) async throws -> [EffectSummary]

    /// One effect, or `nil` when there is none with that key.
    func effect(under key: String) async throws -> EffectDetail?

    /// Does what a person decided.
    ///
    /// - Throws: ``InboxError`` `.notFound`, or `.conflict` when that makes no sense in the effect's state.
    func decide(_ decision: EffectDecision, onEffect key: String, at now: Date) async throws

    /// What we wrote last to the fields of a resource: digests by field.
    ///
    /// - Parameter since: older ones do not count; beyond ``FieldWrite/memory`` they may be forgotten.
    func lastWrites(to resource: String, in shop: Shop, since: Date) async throws -> [String: Data]

    /// A signal after each change that may have made an effect ready. Each call gives a stream of its own.
    var effectChanges: AsyncStream<Void> { get }
}

extension InboxError {
    package static var noEffect: InboxError {
        InboxError(.notFound, "no effect has this key")
    }

    package static func cannot(_ decision: EffectDecision, in state: EffectState) -> InboxError {
        let advice =
            switch (state.name, decision) {
            case (.sending, _): "it is being sent at this moment; try again when that has ended"
            case (.done, .retry): "it is done; run its event again to have it planned anew"
            case (.done, _): "it is done"
            case (.planned, _): "it is ready to be sent already"
            default: "it is \(state.name.rawValue) already"
            }
        return InboxError(.conflict, advice)
    }
}
