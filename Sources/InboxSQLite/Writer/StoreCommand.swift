import CrashPoints

/// One change to the store, carried out by the writer in a commit that it may share with others.
protocol StoreCommand: Sendable {
    associatedtype Reply: Sendable

    /// What this counts towards the bound on waiting writes, in bytes; 0 for commands that are never refused because
    /// the number of those who give them is bounded.
    var bytes: Int { get }
    /// Whether it is taken for as long as there is any room.
    var isObliged: Bool { get }

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
    static var crashPoints: CommitPoints? { nil }
}
