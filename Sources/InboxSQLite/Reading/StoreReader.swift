import GRDB
import InboxCore

/// Reads what was committed, until the writer is closed.
struct StoreReader: Sendable {
    let writer: StoreWriter
    let pool: DatabasePool
    let sealing: Sealing

    /// - Throws: ``InboxError``, ``PrivacyDelay`` where the body throws one, or `CancellationError` when the task is
    ///   cancelled.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        guard !writer.isClosed else { throw InboxError.closed }
        do {
            return try await pool.read(body)
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch let delay as PrivacyDelay {
            throw delay
        } catch {
            throw writer.isClosed ? InboxError.closed : StorageFailure.describe(ofOne: error)
        }
    }
}
