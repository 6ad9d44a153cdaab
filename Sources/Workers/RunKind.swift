/// What a run of a handler is for, and so where its answers come from and whether they are kept.
package enum RunKind: Sendable, Hashable {
    /// Recorded answers where there are some, else models, whose answers are journaled.
    case live
    /// Models alone; nothing of it is kept but the costs.
    case rehearsal
    /// Recorded answers alone: nobody is asked.
    case recorded
}
