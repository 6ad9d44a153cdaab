package import Foundation
import GRDB
package import InboxCore

extension SQLiteInbox {
    static let selectNextDue = "SELECT min(due_at) FROM jobs WHERE due_at IS NOT NULL"
    static let selectNextPassing = """
        SELECT min(blocks_until) FROM jobs INDEXED BY jobs_blocking
        WHERE place = 'head' AND state = 'waiting' AND blocks_until IS NOT NULL
        """

    package func nextDue() async throws -> Date? {
        try await reader.read { try Self.nextDue($0) }
    }

    static func nextDue(_ db: Database) throws -> Date? {
        try [selectNextDue, selectNextPassing].compactMap { sql in
            try Timestamp.fetchOne(db.cachedStatement(sql: sql))?.date
        }.min()
    }

    package func list(_ filter: EventFilter) async throws -> [EventSummary] {
        try await reader.read { try EventList(filter: filter).fetch($0) }
    }

    package func detail(of deliveryID: String) async throws -> EventDetail? {
        guard let id = UUID(uuidString: deliveryID) else { return nil }
        return try await reader.read { [sealing] in try EventDetail.fetch($0, delivery: id, sealing: sealing) }
    }

    package func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) async throws -> [Claim] {
        guard let id = UUID(uuidString: deliveryID) else { throw InboxError.noDelivery }
        return try await reader.read { [sealing] in try RehearsalClaims($0, delivery: id, sealing: sealing) }
            .claims(handlers: handlers)
    }

    package func counts() async throws -> InboxCounts {
        try await reader.read { try InboxCounts.fetch($0) }
    }

    package func deadGroups(limit: Int) async throws -> [DeadGroup] {
        try await reader.read { try FailedJobs(db: $0).groups(limit: limit) }
    }
}
