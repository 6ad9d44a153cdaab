package import Foundation
import GRDB
package import InboxCore

extension SQLiteInbox {
    static let selectNextDue = "SELECT min(due_at) FROM jobs WHERE due_at IS NOT NULL"

    package func nextDue() async throws -> Date? {
        try await reader.read { db in
            try Timestamp.fetchOne(db.cachedStatement(sql: Self.selectNextDue))?.date
        }
    }

    package func list(_ filter: EventFilter) async throws -> [EventSummary] {
        try await reader.read { try EventList(filter: filter).fetch($0) }
    }

    package func detail(of deliveryID: String) async throws -> EventDetail? {
        guard let id = UUID(uuidString: deliveryID) else { return nil }
        return try await reader.read { try EventDetail.fetch($0, delivery: id) }
    }

    package func rehearsalClaims(of deliveryID: String, handlers: [JobPlan]) async throws -> [Claim] {
        guard let id = UUID(uuidString: deliveryID) else { throw InboxError.noDelivery }
        return try await reader.read { try RehearsalClaims($0, delivery: id) }.claims(handlers: handlers)
    }

    package func counts() async throws -> InboxCounts {
        try await reader.read { try InboxCounts.fetch($0) }
    }
}
