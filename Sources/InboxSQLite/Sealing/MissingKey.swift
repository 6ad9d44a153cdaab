import Cryptography
import Foundation
import GRDB
import InboxCore

/// Jobs that need something that is sealed with a key that this process does not have. They are held, and go on by
/// themselves when a process is started with the key.
enum MissingKey {
    /// Why a job is held whose delivery is sealed so. It names the key, so that it can be found again when the key is
    /// back.
    static func reason(_ id: StorageKey.ID) -> String {
        "its payload is sealed with the storage key \(id), which is missing; add the key to BELLHOP_STORAGE_KEY and "
            + "restart, and it runs by itself"
    }

    /// Why a job is held that wants effects, of which it had some before.
    static func reason(ofEffectsUnder id: StorageKey.ID) -> String {
        "an effect of an earlier run is sealed with the storage key \(id), which is missing, so nobody can tell "
            + "whether it would happen twice; add the key to BELLHOP_STORAGE_KEY and restart, and it runs by itself"
    }

    /// Makes ready what was held for want of these keys, unless its shop has gone meanwhile.
    static func release(_ ids: [StorageKey.ID], at now: Date, in transaction: inout StoreTransaction) throws {
        let reasons = ids.flatMap { [reason($0), reason(ofEffectsUnder: $0)] }
        for job in try Jobs(db: transaction.db).held(because: reasons) {
            guard try transaction.restart(job), let reason = try transaction.reasonToStop(job.subject) else { continue }
            _ = try transaction.hold(job.id, because: reason, at: now)
        }
    }
}
