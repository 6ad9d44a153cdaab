/// The two sides of the commit of a change.
package struct CommitPoints: Sendable {
    /// The change was made in a transaction that is still open.
    package let beforeCommit: CrashPoint
    /// The change is on stable storage, and whoever waits for it does not know.
    package let afterCommit: CrashPoint

    /// A delivery is stored; after the commit it is answered 200.
    package static var accept: CommitPoints {
        CommitPoints(
            beforeCommit: CrashPoint("accept_before_commit"), afterCommit: CrashPoint("accept_after_commit"))
    }

    /// The outcome of a job is recorded, with the effects that it planned.
    package static var finish: CommitPoints {
        CommitPoints(
            beforeCommit: CrashPoint("finish_before_commit"), afterCommit: CrashPoint("finish_after_commit"))
    }

    /// What a request to a model cost is recorded.
    package static var settle: CommitPoints {
        CommitPoints(
            beforeCommit: CrashPoint("settle_before_commit"), afterCommit: CrashPoint("settle_after_commit"))
    }

    /// What came of an effect is recorded.
    package static var effect: CommitPoints {
        CommitPoints(
            beforeCommit: CrashPoint("effect_before_commit"), afterCommit: CrashPoint("effect_after_commit"))
    }
}
