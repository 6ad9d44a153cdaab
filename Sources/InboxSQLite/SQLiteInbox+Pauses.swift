import GRDB
package import InboxCore

/// The pauses of handlers, so that a restart does not end them.
extension SQLiteInbox {
    /// By handler.
    ///
    /// - Throws: ``InboxError``.
    package func pauses() async throws -> [KeptPause] {
        try await reader.read { try Pauses(db: $0).all() }
    }

    /// Remembers a pause. Nobody waits for it: one that is lost is found again by its failures.
    package func keep(_ pause: KeptPause) {
        writer.post(KeepPauseCommand(pause: pause))
    }

    package func forgetPause(of handlerID: String) {
        writer.post(ForgetPauseCommand(handlerID: handlerID))
    }
}

struct KeepPauseCommand: StoreCommand {
    let pause: KeptPause

    func perform(in transaction: inout StoreTransaction) throws {
        try Pauses(db: transaction.db).keep(pause)
    }
}

struct ForgetPauseCommand: StoreCommand {
    let handlerID: String

    func perform(in transaction: inout StoreTransaction) throws {
        try Pauses(db: transaction.db).forget(handlerID)
    }
}
