import Cryptography
import GRDB

/// Jobs whose delivery is sealed with a key that this process does not have. They are held, and go on by themselves when
/// a process is started with the key.
enum MissingKey {
    /// Why such a job is held. It names the key, so that it can be found again when the key is back.
    static func reason(_ id: StorageKey.ID) -> String {
        "its payload is sealed with the storage key \(id), which is missing; add the key to BELLHOP_STORAGE_KEY and "
            + "restart, and it runs by itself"
    }

    /// Makes ready what was held for want of these keys.
    static func release(_ ids: [StorageKey.ID], _ db: Database) throws {
        for id in ids {
            try db.execute(
                sql: "UPDATE jobs SET state = 'ready', reason = NULL, attempts = 0 WHERE state = 'held' AND reason = ?",
                arguments: [reason(id)])
        }
    }
}
