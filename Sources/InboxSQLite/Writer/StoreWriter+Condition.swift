import Bellhop
import Foundation
import InboxCore
import Logging
import Synchronization

/// How the storage is: said in the log when it changes, told to whoever asks.
extension StoreWriter {
    nonisolated var condition: StorageCondition {
        let free = queue.withLock { $0.admission.freeBytes }
        return book.withLock { $0.condition(freeBytes: free, at: setup.now()) }
    }

    /// Notes what became of a delivery at the queue. A disk that was too full may have room by now: it is looked at
    /// again, though nothing is written that would bring that about.
    nonisolated func note(_ answer: WriteQueue<PendingWrite>.Answer) {
        switch answer {
        case .start, .queued: tell(book.withLock { $0.admitted(at: setup.now()) })
        case .refused(let refusal):
            tell(book.withLock { $0.refused(refusal, at: setup.now()) })
            if refusal == .disk { Task { await self.lookAtDisk() } }
        case .overloaded, .closed: break
        }
    }

    /// Refuses a delivery before any work is done about it, if it would be refused whatever its size.
    ///
    /// - Throws: ``InboxError`` `.overloaded`.
    nonisolated func refuseEarly(_ delivery: Delivery) throws {
        let now = setup.clock()
        let isObliged = Topic.obliged.contains(delivery.topic)
        guard let refusal = queue.withLock({ $0.refusal(isObliged: isObliged, at: now) }) else { return }
        note(.refused(refusal))
        throw InboxError(.overloaded, refusal.words)
    }

    func noteFailure(_ error: any Error) {
        tell(book.withLock { $0.failed(StorageFailure.describe(error).message, at: setup.now()) })
    }

    func noteWritten() {
        tell(book.withLock { $0.wrote() })
    }

    /// Looks at the room on the disk, unless that was done a moment ago and nothing was written since.
    func lookAtDisk(afterWriting: Bool = false) {
        let now = setup.clock()
        guard queue.withLock({ $0.admission.takeLook(at: now, afterWriting: afterWriting) }) else { return }
        let free = setup.freeDisk(setup.folder)
        queue.withLock { $0.admission.saw(freeBytes: free) }
    }

    /// All is changed that a batch changes: what remains is the disk's part.
    func flushBegins() {
        let now = setup.clock()
        queue.withLock { $0.admission.flushBegins(at: now) }
    }

    func flushEnds() {
        let now = setup.clock()
        queue.withLock { $0.admission.flushEnds(at: now) }
    }

    nonisolated private func tell(_ news: ConditionBook.News?) {
        switch news {
        case .fails(let reason):
            logger.error("nothing can be written, so nothing is taken in", metadata: ["reason": "\(reason)"])
        case .works: logger.notice("the storage works again")
        case .refuses(let reason):
            logger.warning("ordinary deliveries are refused", metadata: ["reason": "\(reason)"])
        case .takesAgain: logger.notice("ordinary deliveries are taken in again")
        case nil: break
        }
    }
}
