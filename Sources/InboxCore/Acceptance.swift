/// What became of a delivery at the inbox. Both mean: it is on stable storage, and the sender may be told so.
package enum Acceptance: Sendable, Hashable {
    /// Stored now, under this delivery id.
    case stored(id: String)
    /// Stored earlier, under this delivery id.
    case duplicate(of: String)
}
