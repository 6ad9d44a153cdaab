import Cryptography
import Foundation
import GRDB
import InboxCore
import Logging
import Synchronization

/// The only writer: it takes every command and commits them in batches.
///
/// A command is committed at once when the writer is idle; those that come while a commit is being flushed make up the
/// next one. The callers' tasks only wait: cancelling one of them cancels nothing here. It runs on a dispatch queue of
/// its own, where it may block.
actor StoreWriter {
    nonisolated let signal = ChangeSignal()
    nonisolated let effectSignal = ChangeSignal()
    nonisolated private let executor = QueueExecutor(label: "bellhop.inbox.writer")
    nonisolated let queue: Mutex<WriteQueue<PendingWrite>>
    nonisolated let book = Mutex(ConditionBook())
    let setup: Setup
    let logger: Logger
    private var folder: DataFolder?
    /// `nil` until opened, after a failure of the storage, and when closed.
    private var connection: StoreConnection?
    private var readers: DatabasePool?
    private var epoch: Int64 = 0
    private var ids = UUIDv7Generator(randomness: SystemRandomNumberGenerator())
    private var lastToken: Int64 = 0
    private var turns = ShopTurns()
    var putOff = PutOffWrites<PendingWrite>()

    nonisolated var sealing: Sealing { Sealing(keys: setup.keys) }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ setup: Setup, logger: Logger) {
        self.setup = setup
        self.logger = logger
        let admission = Admission(maxBytes: setup.options.queueBytes, minFreeDisk: setup.options.minFreeDisk)
        queue = Mutex(WriteQueue(admission: admission, maxPosted: setup.options.queuedSettlements))
    }

    /// Locks the folder, brings the schema up to date and begins a new epoch.
    ///
    /// - Returns: connections that only read, good until ``close()``.
    /// - Throws: ``InboxError``.
    func open() throws -> DatabasePool {
        do {
            let folder = try DataFolder(opening: setup.folder)
            var connection = try connect(to: folder)
            // An earlier start may have failed in a flush; see `usableConnection()`.
            try connection.checkpoint()
            try setup.schema.migrate(connection.database, in: folder, freeDisk: setup.freeDisk)
            epoch = try connection.commit { try beginEpoch($0) }
            let readers = try DatabasePool(readingOnly: setup.location(of: folder.database))
            (self.folder, self.connection, self.readers) = (folder, connection, readers)
            lookAtDisk()
            logger.debug("inbox opened", metadata: ["epoch": "\(epoch)"])
            return readers
        } catch {
            throw StorageFailure.describe(error)
        }
    }

    /// What an earlier process left running is ready again; its attempts are not used up, but its crash is counted.
    private func beginEpoch(_ db: Database) throws -> Int64 {
        let epoch = try Epoch.begin(db)
        var transaction = StoreTransaction(
            db: db, sealing: sealing, epoch: epoch, ids: ids, lastToken: 0, turns: turns)
        let now = setup.now()
        try transaction.reclaimAll(at: now)
        try MissingKey.release(setup.keys.ids, at: now, in: &transaction)
        try ResealCommand.forgetOtherWalks(sealing, db)
        try transaction.complete()
        return epoch
    }

    /// Hands a command over and waits until it is on stable storage.
    ///
    /// - Throws: ``InboxError``; nothing was changed then.
    nonisolated func submit<Command: StoreCommand>(_ command: Command) async throws -> Command.Reply {
        try await withCheckedThrowingContinuation { handOver(PendingWrite(command, $0)) }
    }

    /// Overwrites what was deleted, in its turn among the commands: see ``StoreConnection/scrub(rewriting:)``.
    ///
    /// - Returns: whether the log is empty now.
    /// - Throws: ``InboxError``.
    nonisolated func scrub() async throws -> Bool {
        try await withCheckedThrowingContinuation { handOver(PendingWrite(scrubbingFor: $0)) }
    }

    nonisolated private func handOver(_ write: PendingWrite) {
        let now = setup.clock()
        let answer = queue.withLock {
            $0.admit(write, bytes: write.bytes, isObliged: write.isObliged, at: now)
        }
        if write.bytes > 0 { note(answer) }
        switch answer {
        case .start:
            // Not a child of the caller's task, whose cancellation must not reach the batch.
            Task { await self.drain() }
        case .queued: break
        case .refused(let refusal): write.fail(InboxError(.overloaded, refusal.words))
        case .overloaded, .closed: write.fail(InboxError.closed)
        }
    }

    /// Hands over a command that nobody waits for; it must do no harm when it is performed twice.
    ///
    /// It is written in its turn among all others. A failure of the storage puts it off, and with it all that were
    /// posted later, until the storage works again; at the latest it is tried once more by ``close()``.
    nonisolated func post(_ command: some StoreCommand) {
        let write = PendingWrite(posting: command)
        switch queue.withLock({ $0.post(write) }) {
        case .start: Task { await self.drain() }
        case .queued: break
        case .overloaded, .refused, .closed: loseSettlements(admitted: 0)
        }
    }

    /// - Parameter count: how many of those that are given up had been admitted.
    nonisolated private func loseSettlements(admitted count: Int) {
        guard queue.withLock({ $0.lost(admitted: count) }) else { return }
        logger.error("settlements are lost; their requests stay charged with their worst case")
    }

    nonisolated var isClosed: Bool {
        queue.withLock { $0.isClosed }
    }

    /// Admits nothing more, writes what was admitted and closes the connections. Again it does nothing.
    nonisolated func close() async {
        // Not on the executor: as long as writes kept coming, that would never be reached.
        queue.withLock { $0.close() }
        await writeOutAndDisconnect()
    }

    private func writeOutAndDisconnect() {
        drain()
        putOff.tryOnceMore()
        drain()
        let remaining = putOff.take().count
        if remaining > 0 { loseSettlements(admitted: remaining) }
        // Readers first: the last connection to close folds the log into the database, and that is the writer's part.
        try? readers?.close()
        disconnect()
        (folder, readers) = (nil, nil)
        signal.finish()
        effectSignal.finish()
    }

    private func drain() {
        while let batches = nextBatches() {
            for batch in batches {
                write(batch)
                lookAtDisk(afterWriting: true)
                queue.withLock { $0.wrote(bytes: batch.map(\.bytes).reduce(0, +)) }
                checkpoint()
            }
        }
    }

    private func nextBatches() -> [[PendingWrite]]? {
        let waiting = queue.withLock { $0.take() }
        guard !waiting.isEmpty || putOff.isDue else { return nil }
        // In commits of their own, so that nobody who waits is refused because of them.
        return batches(putOff.take()) + batches(waiting)
    }

    private func batches(_ writes: [PendingWrite]) -> [[PendingWrite]] {
        writes.batches(
            size: setup.options.batchSize, bytes: setup.options.batchBytes, alone: \.isScrub, measure: \.bytes)
    }

    private func write(_ batch: [PendingWrite]) {
        let batch = keepingOrder(batch)
        guard let first = batch.first else { return }
        if case .scrub(let tell) = first.work { return scrub(first, tell) }
        do {
            let replies = try commit(batch)
            noteWritten()
            logger.trace("batch committed", metadata: ["writes": "\(batch.count)"])
            for reply in replies { reply() }
            noteCommit(of: batch)
        } catch {
            if StorageFailure.isOfConnection(error) {
                disconnect()
                noteFailure(error)
                fail(batch, with: error)
                postpone(batch.filter(\.isPosted), because: error)
            } else if batch.count == 1 {
                batch[0].fail(StorageFailure.describe(ofOne: error))
                if batch[0].isPosted { loseSettlements(admitted: 1) }
            } else {
                // One of them is to blame: alone, each can only fail for itself.
                for single in batch { write([single]) }
            }
        }
    }

    private func fail(_ batch: [PendingWrite], with error: any Error) {
        let failure = StorageFailure.describe(error)
        for write in batch { write.fail(failure) }
    }

    private func commit(_ batch: [PendingWrite]) throws -> [@Sendable () -> Void] {
        var connection = try usableConnection()
        defer {
            self.connection = connection
            flushEnds()
        }
        let (replies, ended) = try connection.commit { db in
            var transaction = StoreTransaction(
                db: db, sealing: sealing, epoch: epoch, ids: ids, lastToken: lastToken, turns: turns)
            let replies = try batch.compactMap { write throws -> (@Sendable () -> Void)? in
                guard case .change(let make) = write.work else { return nil }
                return try make(&transaction)
            }
            try transaction.complete()
            flushBegins()
            return (replies, transaction)
        }
        ids = ended.ids
        lastToken = ended.lastToken
        turns = ended.turns
        if ended.mayHaveReadiedJobs { signal.send() }
        if ended.mayHaveReadiedEffects { effectSignal.send() }
        return replies
    }

    /// The connection, opened again if the last one failed.
    private func usableConnection() throws -> StoreConnection {
        if let connection { return connection }
        guard let folder else { throw InboxError.closed }
        let reopened = try connect(to: folder)
        guard try reopened.database.read({ try Epoch.current($0) }) == epoch else {
            throw InboxError(.storage, "the database is not the one that was opened; restart bellhop")
        }
        // After a failed flush, what the log holds may be in memory only, and a second flush of it would not tell.
        // Copied into the database it is written, and flushed, anew.
        try reopened.checkpointCompletely()
        connection = reopened
        logger.debug("inbox reopened after a storage failure")
        return reopened
    }

    private func connect(to folder: DataFolder) throws -> StoreConnection {
        try StoreConnection(
            path: setup.location(of: folder.database), checkpointPages: setup.options.checkpointPages,
            prepare: setup.prepare)
    }

    private func checkpoint() {
        do {
            try connection?.checkpointIfDue()
        } catch {
            // Nobody waits for this. What was committed is safe in the log; the next write reopens.
            noteFailure(error)
            disconnect()
        }
    }

    private func scrub(_ write: PendingWrite, _ tell: (Bool) -> Void) {
        do {
            var connection = try usableConnection()
            defer { self.connection = connection }
            tell(try connection.scrub(rewriting: setup.options.rewrittenBytes))
        } catch {
            if StorageFailure.isOfConnection(error) { disconnect() }
            write.fail(StorageFailure.describe(error))
        }
    }

    private func disconnect() {
        // An error here means that the connection was unusable, which is why it is being closed.
        try? connection?.close()
        connection = nil
    }
}
