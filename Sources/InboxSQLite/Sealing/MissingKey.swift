import Cryptography
import GRDB
import InboxCore

/// Jobs whose delivery is sealed with a key that this process does not have. They are held, and go on by themselves when
/// a process is started with the key.
enum MissingKey {
    /// Why such a job is held. It names the key, so that it can be found again when the key is back.
    static func reason(_ id: StorageKey.ID) -> String {
        "its payload is sealed with the storage key \(id), which is missing; add the key to BELLHOP_STORAGE_KEY and "
            + "restart, and it runs by itself"
    }

    /// Makes ready what was held for want of these keys.
    static func release(_ ids: [StorageKey.ID], in transaction: inout StoreTransaction) throws {
        let reasons = ids.map(reason)
        for job in try Jobs(db: transaction.db).held(because: reasons) {
            _ = try transaction.restart(job)
        }
    }
}
