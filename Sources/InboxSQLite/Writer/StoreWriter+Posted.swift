import InboxCore
import Logging
import Synchronization

/// What becomes of posted writes that the storage does not take, and of what has to stay behind them.
extension StoreWriter {
    /// The batch without what has to stay behind posted writes that were put off: what is posted waits with them, and
    /// what would end a run fails while answers of that run are among them. Nothing is claimed while any are: the claim
    /// could take up their run, whose lease may be over by now.
    func keepingOrder(_ batch: [PendingWrite]) -> [PendingWrite] {
        guard !putOff.writes.isEmpty else { return batch }
        _ = putOff.add(batch.filter(\.isPosted))
        let unsettled = Set(putOff.writes.compactMap(\.journaledJob))
        return batch.filter { write in
            let isLate = write.endedRun.map(unsettled.contains) ?? (write.endsLateRuns && !unsettled.isEmpty)
            guard isLate else { return !write.isPosted }
            write.fail(.unsettled)
            return false
        }
    }

    func noteCommit(of batch: [PendingWrite]) {
        let posted = batch.count(where: \.isPosted)
        if posted > 0 { queue.withLock { $0.recorded(posted: posted) } }
        if putOff.committed(posted: posted) { logger.notice("settlements are recorded again") }
    }

    func postpone(_ posted: [PendingWrite], because error: any Error) {
        guard putOff.add(posted) else { return }
        logger.error(
            "settlements wait for the storage; until it works, their requests count with their worst case",
            metadata: ["error": "\(StorageFailure.describe(error))"])
    }
}
