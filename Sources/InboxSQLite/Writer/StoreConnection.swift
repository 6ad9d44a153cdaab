import GRDB
import InboxCore

/// The one connection that writes. All commits and all checkpoints go through it, because SQLite before 3.51.3 can
/// damage a database in WAL mode when two connections write or checkpoint at the same instant.
struct StoreConnection {
    let database: DatabaseQueue
    private let checkpointPages: Int
    /// Pages in the log that no checkpoint has tried to fold into the database.
    private var pagesInLog = 0

    /// - Parameters:
    ///   - path: of the database, or a `file:` URI.
    ///   - prepare: run last on the new connection.
    /// - Throws: a database error, or ``InboxError`` `.storage` when commits would not be durable.
    init(path: String, checkpointPages: Int, prepare: (Database) throws -> Void) throws {
        var configuration = Configuration()
        configuration.label = "bellhop.inbox"
        // Nobody else writes; a reader that recovers the log after a crash may hold a lock for a moment.
        configuration.busyMode = .timeout(5)
        database = try DatabaseQueue(path: path, configuration: configuration)
        self.checkpointPages = checkpointPages
        try database.writeWithoutTransaction { db in
            try Self.makeDurable(db)
            try prepare(db)
        }
    }

    /// GRDB chooses `synchronous=NORMAL` for the databases that it puts in WAL mode, which may lose the last commits
    /// in a power failure. So the mode is set here, after GRDB's own set-up, and what came of it is checked.
    private static func makeDurable(_ db: Database) throws {
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        try db.execute(
            sql: """
                PRAGMA synchronous = FULL;
                PRAGMA secure_delete = ON;
                PRAGMA temp_store = MEMORY;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA journal_size_limit = 67108864;
                """)
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
        let secureDelete = try Int.fetchOne(db, sql: "PRAGMA secure_delete")
        guard mode == "wal", synchronous == 2, secureDelete == 1 else {
            throw InboxError(
                .storage,
                "SQLite refuses durable commits here (journal_mode \(mode ?? "?"), synchronous \(synchronous ?? -1), "
                    + "secure_delete \(secureDelete ?? -1)); is the data folder on a local disk?")
        }
    }

    /// Runs the body in a transaction that is on stable storage when this returns.
    mutating func commit<T>(_ body: (Database) throws -> T) throws -> T {
        let (result, pages) = try database.writeWithoutTransaction { db in
            var result: T?
            try db.inTransaction(.immediate) {
                result = try body(db)
                return .commit
            }
            return (result, db.takePagesWritten())
        }
        pagesInLog += pages
        guard let result else { throw DatabaseError(resultCode: .SQLITE_INTERNAL) }
        return result
    }

    /// Folds the log into the database once it has grown long enough. Never waits for readers.
    mutating func checkpointIfDue() throws {
        guard pagesInLog >= checkpointPages else { return }
        try checkpoint()
    }

    /// Folds into the database what no reader still needs in the log. Never waits for readers.
    mutating func checkpoint() throws {
        pagesInLog = 0
        _ = try database.writeWithoutTransaction { try $0.checkpoint(.passive) }
    }

    /// Folds the whole log into the database and empties it, waiting for readers for a while.
    func checkpointCompletely() throws {
        _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// Empties the log, so that nothing of it is left on the disk, and in a small database overwrites what pages hold
    /// between their rows.
    ///
    /// - Parameter rewriting: the largest database that is written anew whole, in bytes in use.
    /// - Returns: `false` when somebody reads what the log holds; nothing is emptied then.
    mutating func scrub(rewriting most: Int) throws -> Bool {
        try database.writeWithoutTransaction { db in
            if try DatabaseSize(db).bytesUsed <= most { try db.execute(sql: "VACUUM") }
            // Everybody waits for this: better to come again than to wait for a long read.
            try db.execute(sql: "PRAGMA busy_timeout = 100")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = 5000") }
            let blocked = try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return blocked == 0
        }
    }

    func close() throws {
        try database.close()
    }
}
