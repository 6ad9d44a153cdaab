import Foundation
import GRDB
import InboxCore

/// What a command works with while its batch is being written.
struct StoreTransaction {
    let db: Database
    let sealing: Sealing
    let epoch: Int64
    /// Makes the ids of deliveries, in the order of their storing.
    var ids: UUIDv7Generator<SystemRandomNumberGenerator>
    /// The last token given to a claim in this epoch.
    var lastToken: Int64
    /// Whose turn it is.
    var turns: ShopTurns
    /// What this transaction adds to the counters.
    var tally = Tally()
    /// Whether the change is to be signalled once it is committed.
    var mayHaveReadiedJobs = false
    /// The same for effects.
    var mayHaveReadiedEffects = false
    private var digest: SubjectDigest?
    /// When the last of the deliveries came that this transaction stores.
    private var latestArrival: Date?

    init(
        db: Database, sealing: Sealing, epoch: Int64, ids: UUIDv7Generator<SystemRandomNumberGenerator>,
        lastToken: Int64, turns: ShopTurns
    ) {
        self.db = db
        self.sealing = sealing
        self.epoch = epoch
        self.ids = ids
        self.lastToken = lastToken
        self.turns = turns
    }

    /// Makes digests of shops and subjects; its salt is read once for the whole batch.
    mutating func subjectDigest() throws -> SubjectDigest {
        if let digest { return digest }
        let made = try SubjectDigest(db)
        digest = made
        return made
    }

    /// Notes that a delivery was stored.
    mutating func stored(at arrival: Date) {
        tally.deliveries += 1
        latestArrival = max(latestArrival ?? arrival, arrival)
    }

    /// Does what is done once for all commands of the batch.
    func complete() throws {
        try tally.add(to: db)
        if let latestArrival { try SeenIDs(db: db).expire(after: tally.deliveries, at: latestArrival) }
    }

    mutating func nextLease(until expiry: Date) -> Lease {
        lastToken += 1
        return Lease(token: lastToken, epoch: epoch, expiresAt: expiry)
    }
}
