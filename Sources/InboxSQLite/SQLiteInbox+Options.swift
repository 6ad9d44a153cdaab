extension SQLiteInbox {
    /// How much waits, how much is written at once, and how often the log is folded into the database.
    package struct Options: Sendable, Hashable {
        /// Bytes of deliveries that may wait to be written; beyond it `accept` throws `.overloaded`.
        package var queueBytes: Int
        /// Bytes of deliveries in one commit; a larger delivery is committed alone.
        package var batchBytes: Int
        /// Changes in one commit, at least 1.
        package var batchSize: Int
        /// Pages of 4 KiB in the write-ahead log that bring about a checkpoint. Larger ones are rarer but make all that
        /// comes meanwhile wait longer, at nearly the same rate: the slowest percent pays for it from 1,000 pages on.
        package var checkpointPages: Int

        package init(
            queueBytes: Int = 64 << 20, batchBytes: Int = 4 << 20, batchSize: Int = 256, checkpointPages: Int = 500
        ) {
            self.queueBytes = queueBytes
            self.batchBytes = batchBytes
            self.batchSize = max(1, batchSize)
            self.checkpointPages = checkpointPages
        }
    }
}
