import Foundation
import Hummingbird
import InboxCore

extension AdminAPI {
    func deadGroups(limit: Int) async throws -> DeadGroups {
        // Taken before the look, so that nothing that was not seen is run again.
        let now = Date()
        return DeadGroups(groups: try await inbox.deadGroups(limit: limit), asOf: now)
    }

    func retry(_ batch: RetryBatch) async throws -> Retried {
        Retried(
            ready: try await inbox.retry(group: batch.fingerprint, failedBy: batch.failedBy, limit: batch.limit))
    }
}

/// Some jobs of one group that shall run again.
struct RetryBatch {
    /// So many at once keep the inbox busy for a moment only.
    static let most = 500

    var fingerprint: ErrorFingerprint
    var failedBy: Date
    var limit: Int

    /// Reads `before`, now when it is missing, and `limit`, 100 then.
    ///
    /// - Throws: ``ConsoleError`` for a value that cannot be meant.
    init(_ fingerprint: String, query: Parameters) throws {
        guard fingerprint.utf8.count == 16, fingerprint.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
            throw ConsoleError(
                .badRequest, "invalid_fingerprint", "a fingerprint has 16 hex digits; GET /api/dead tells them")
        }
        self.fingerprint = ErrorFingerprint(text: fingerprint.lowercased())
        limit = 100
        if let text = query["limit"] {
            guard let number = Int(text), (1...Self.most).contains(number) else {
                throw ConsoleError(.badRequest, "invalid_limit", "limit must be from 1 to \(Self.most)")
            }
            limit = number
        }
        failedBy = Date()
        if let text = query["before"] {
            guard let moment = ConsoleJSON.moment(String(text)) else {
                throw ConsoleError(
                    .badRequest, "invalid_moment", "before must be a moment such as 2026-11-24T08:00:00.000Z")
            }
            failedBy = moment
        }
    }
}
