package import Foundation
import HTTPCore
package import InboxCore

extension AdminClient {
    /// Erasures and customers' requests, newest first.
    package func privacy(limit: Int = 50) async throws -> PrivacyOverview {
        try read(PrivacyOverview.self, try await send(.get, "privacy?limit=\(limit)"))
    }

    /// One erasure or one customer's request.
    ///
    /// - Parameter id: of the event that asked for it.
    package func privacyRecord(_ id: String) async throws -> PrivacyRecord {
        try read(PrivacyRecord.self, try await send(.get, "privacy/\(Self.escape(id))"))
    }

    /// A file with what is kept about a customer.
    package func export(_ id: String) async throws -> Data {
        let response = try await send(.get, "privacy/exports/\(Self.escape(id))", answerBytes: 256 << 20)
        guard response.status == 200 else { throw AdminClientError(response) }
        return response.body
    }
}
