import Bellhop
package import Cryptography
package import Foundation
import GRDB
package import InboxCore
package import Logging

/// The embedded inbox: one SQLite database in a data folder that this process has for itself.
///
/// Every change goes through one writer, which commits many of them at once with a full flush to the disk. Reading has
/// connections of its own and sees what was committed.
package final class SQLiteInbox: Inbox {
    let writer: StoreWriter
    let readers: DatabasePool
    let files: PrivateFiles
    let logger: Logger

    var reader: StoreReader { StoreReader(writer: writer, pool: readers, sealing: sealing) }
    var sealing: Sealing { writer.sealing }

    private init(writer: StoreWriter, readers: DatabasePool, files: PrivateFiles, logger: Logger) {
        self.files = files
        self.writer = writer
        self.readers = readers
        self.logger = logger
    }

    /// Opens the inbox in a folder, which is created if it is missing, and begins a new epoch: what was claimed when
    /// the last process ended can be claimed again.
    ///
    /// - Parameter keys: seal what customers and models wrote; without one it is stored as it is.
    /// - Throws: ``InboxError`` `.locked` when another process has the folder, `.newerSchema`, or `.storage`.
    package static func open(
        folder: URL, options: Options = Options(), keys: StorageKeys = .none, logger: Logger
    ) async throws -> SQLiteInbox {
        try await open(StoreWriter.Setup(folder: folder, options: options, keys: keys), logger: logger)
    }

    static func open(_ setup: StoreWriter.Setup, logger: Logger) async throws -> SQLiteInbox {
        let writer = StoreWriter(setup, logger: logger)
        return SQLiteInbox(
            writer: writer, readers: try await writer.open(), files: PrivateFiles(setup.folder), logger: logger)
    }

    /// Whether what ``open(folder:options:keys:logger:)`` threw may pass by itself, so that opening again is worth
    /// while. What is wrong with permissions, paths or what the folder holds does not.
    package static func mayPass(_ error: InboxError) -> Bool {
        StorageFailure.mayPass(error)
    }

    /// Writes what has been handed in, then closes the database and unlocks the folder. Whatever comes later throws
    /// ``InboxError`` `.closed`.
    package func close() async {
        await writer.close()
    }

    /// What models cost, in the same database; good until ``close()``.
    package var ledger: SQLiteLedger { SQLiteLedger(writer: writer, reader: reader) }

    package var condition: StorageCondition { writer.condition }

    package var changes: AsyncStream<Void> { writer.signal.stream() }

    package func accept(
        _ delivery: consuming Delivery, handlers: [JobPlan], holdReason: String?
    ) async throws -> Acceptance {
        try writer.refuseEarly(delivery)
        return try await writer.submit(AcceptCommand(consume delivery, handlers: handlers, holdReason: holdReason))
    }

    package func extend(_ claim: Claim, until: Date) async throws -> Bool {
        try await writer.submit(ExtendCommand(job: claim.jobID, lease: claim.lease, until: until))
    }

    package func finish(_ claim: Claim, with result: JobResult) async throws -> Bool {
        var result = result
        if case .done(let effects) = result.outcome { result.outcome = .done(effects: try asRead(effects)) }
        return try await writer.submit(
            FinishCommand(job: claim.jobID, deliveryID: claim.deliveryID, lease: claim.lease, result: result))
    }

    private func asRead(_ effects: [Effect]) throws -> [Effect] {
        do {
            return try effects.map { try StoredEffect.asRead($0) }
        } catch {
            throw StorageFailure.describe(ofOne: error)
        }
    }

    package func giveBack(_ claim: Claim) async throws {
        try await writer.submit(GiveBackCommand(job: claim.jobID, lease: claim.lease))
    }

    package func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) async throws -> Int {
        guard let id = UUID(uuidString: deliveryID) else { throw InboxError.noDelivery }
        return try await writer.submit(RetryCommand(delivery: id, handlers: handlers, anew: anew))
    }

    package func retry(
        group fingerprint: ErrorFingerprint, failedBy latest: Date, limit: Int
    ) async throws -> Int {
        try await writer.submit(RetryGroupCommand(fingerprint: fingerprint, failedBy: latest, limit: limit))
    }
}
