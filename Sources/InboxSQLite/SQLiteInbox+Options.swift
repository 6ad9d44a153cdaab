extension SQLiteInbox {
    /// How much waits, how much is written at once, how much of the disk is left alone, and how often the log is folded
    /// into the database.
    package struct Options: Sendable, Hashable {
        /// Bytes of deliveries that may wait to be written; beyond three fifths of it `accept` throws `.overloaded` for
        /// ordinary topics, beyond all of it for any.
        package var queueBytes: Int
        /// Bytes of the disk that are kept for finishing what was taken in: with less room than that `accept` throws
        /// `.overloaded` for ordinary topics, with less than a quarter of it for any. 0 keeps none.
        package var minFreeDisk: Int
        /// Settlements that may wait to be written; one beyond it is lost, which leaves its reservation charged. There
        /// is one for each reservation, so this is reached only while the storage fails.
        package var queuedSettlements: Int
        /// Bytes of deliveries in one commit; a larger delivery is committed alone.
        package var batchBytes: Int
        /// Changes in one commit, at least 1.
        package var batchSize: Int
        /// Pages of 4 KiB in the write-ahead log that bring about a checkpoint. Larger ones are rarer but make all that
        /// comes meanwhile wait longer, at nearly the same rate: the slowest percent pays for it from 1,000 pages on.
        package var checkpointPages: Int
        /// A database that uses no more bytes is written anew whole after an erasure, which holds writing up for a
        /// moment. In a larger one what was erased is overwritten in its place.
        package var rewrittenBytes: Int

        package init(
            queueBytes: Int = 64 << 20, minFreeDisk: Int = 0, queuedSettlements: Int = 16_384,
            batchBytes: Int = 4 << 20, batchSize: Int = 256, checkpointPages: Int = 500,
            rewrittenBytes: Int = 32 << 20
        ) {
            self.queueBytes = queueBytes
            self.minFreeDisk = max(0, minFreeDisk)
            self.queuedSettlements = queuedSettlements
            self.batchBytes = batchBytes
            self.batchSize = max(1, batchSize)
            self.checkpointPages = checkpointPages
            self.rewrittenBytes = rewrittenBytes
        }
    }
}
