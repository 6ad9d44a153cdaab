package import InboxCore

/// An effect of which nobody knows whether it happened, and that must not happen twice: a person has to look. Says
/// nothing of what it contains.
package struct UncertainEffect: Sendable, Hashable {
    package var key: String
    package var lane: EffectLane
    package var reason: String
}
