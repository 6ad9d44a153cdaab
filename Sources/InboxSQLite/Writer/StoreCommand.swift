import CrashPoints

/// One change to the store, carried out by the writer in a commit that it may share with others.
protocol StoreCommand: Sendable {
    associatedtype Reply: Sendable

    /// What this counts towards the bound on waiting writes, in bytes; 0 for commands that are never refused because
    /// the number of those who give them is bounded.
    var bytes: Int { get }
    /// Whether it is taken for as long as there is any room.
    var isObliged: Bool { get }

    /// The job to whose journal it adds, if it does.
    var journaledJob: Int64? { get }
    /// The job whose run it brings to an end, if it does. It must not be written before what the run journaled: the next
    /// run would ask, and pay, again.
    var endedRun: Int64? { get }
    /// Whether it takes up runs whose lease is over. It must not do so before what those journaled either.
    static var endsLateRuns: Bool { get }

    /// Where tests can end the process round the commit of this change.
    static var crashPoints: CommitPoints? { get }

    /// Makes the change. It may be called again after a batch was rolled back.
    ///
    /// - Throws: `InboxError` for a refusal, before anything was changed: the rest of the batch goes on. Any other
    ///   error rolls the batch back.
    func perform(in transaction: inout StoreTransaction) throws -> Reply
}

extension StoreCommand {
    var bytes: Int { 0 }
    var isObliged: Bool { false }
    var journaledJob: Int64? { nil }
    var endedRun: Int64? { nil }
    static var endsLateRuns: Bool { false }
    static var crashPoints: CommitPoints? { nil }
}
