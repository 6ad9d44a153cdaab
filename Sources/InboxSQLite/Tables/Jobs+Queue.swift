import Bellhop
import Foundation
import GRDB
import InboxCore

/// The questions of queueing, each along a partial index that holds just the rows it is about. The index is named: left
/// to itself SQLite takes the one by state, which grows with the backlog.
extension Jobs {
    static let head = """
        SELECT * FROM jobs INDEXED BY jobs_head WHERE place = 'head' AND shop = ? AND resource = ? AND handler = ?
        """

    static let oldestBehind = """
        SELECT * FROM jobs INDEXED BY jobs_behind
        WHERE place = 'behind' AND shop = ? AND resource = ? AND handler = ? ORDER BY id LIMIT 1
        """

    static let replaceable = """
        SELECT * FROM jobs INDEXED BY jobs_coalescing
        WHERE coalesces_until IS NOT NULL AND shop = ? AND resource = ? AND handler = ? AND topic = ?
        """

    static let due = "SELECT id FROM jobs WHERE due_at <= ? ORDER BY due_at LIMIT ?"

    static let overdueHeads = """
        SELECT id FROM jobs INDEXED BY jobs_blocking
        WHERE place = 'head' AND state = 'waiting' AND blocks_until <= ? ORDER BY blocks_until LIMIT ?
        """

    static let running = "SELECT id FROM jobs WHERE state = 'running'"

    /// Handed out whatever else runs.
    private static let ready = """
        FROM jobs INDEXED BY jobs_ready WHERE state = 'ready' AND place <> 'behind' AND crashes < 2
        """

    static let readyHandler = "SELECT min(handler) \(ready) AND handler > ?"
    static let readyShopFrom = "SELECT min(shop) \(ready) AND handler = ? AND shop >= ?"
    static let readyShopAfter = "SELECT min(shop) \(ready) AND handler = ? AND shop > ?"
    static let bestReady = "SELECT * \(ready) AND handler = ? AND shop = ? ORDER BY priority DESC, id LIMIT 1"

    private static let suspect = """
        FROM jobs INDEXED BY jobs_suspect WHERE state = 'ready' AND place <> 'behind' AND crashes >= 2
        """

    static let suspectHandler = "SELECT min(handler) \(suspect) AND handler > ?"
    static let oldestSuspect = "SELECT * \(suspect) AND handler = ? ORDER BY id LIMIT 1"

    static let runningSuspect = """
        SELECT id FROM jobs INDEXED BY jobs_suspect_running WHERE state = 'running' AND crashes >= 2 LIMIT 1
        """

    static let heldOfGroup = """
        SELECT * FROM jobs INDEXED BY jobs_failed
        WHERE failed_at IS NOT NULL AND fingerprint = ? AND failed_at <= ? ORDER BY failed_at LIMIT ?
        """

    func ids(sql: String, _ arguments: StatementArguments = []) throws -> [Int64] {
        try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
    }

    func text(sql: String, _ arguments: StatementArguments) throws -> String? {
        try String.fetchOne(db.cachedStatement(sql: sql), arguments: arguments)
    }

    func heldOfGroup(_ fingerprint: ErrorFingerprint, failedBy latest: Date, limit: Int) throws -> [QueuedJob] {
        try Row.fetchAll(
            db.cachedStatement(sql: Self.heldOfGroup), arguments: [fingerprint.text, Timestamp(latest), limit]
        ).map(QueuedJob.init)
    }
}
