package import Foundation
package import InboxCore

/// Deletes what has been kept for long enough, in small steps.
package struct RetentionPass: Sendable {
    private let store: any PrivacyStore
    private let rules: RetentionRules
    /// Between two steps, so that other writing goes on.
    private let pause: Duration

    package init(store: any PrivacyStore, rules: RetentionRules, pause: Duration = .milliseconds(20)) {
        self.store = store
        self.rules = rules
        self.pause = pause
    }

    /// - Returns: `false` when the database is larger than it should be and nothing is left that may be deleted.
    /// - Throws: what the store throws, or `CancellationError`.
    package func run(at now: Date) async throws -> Bool {
        try await delete(.payloads, after: rules.payloads, now)
        try await delete(.history, after: rules.history, now)
        try await delete(.ledger, after: rules.ledger, now)
        try await store.deleteExpiredExports(at: now)
        guard let most = rules.maxBytes else { return true }
        try await walk { try await store.shrink(to: most, after: $0) }
        return try await store.overview(limit: 1).bytesUsed <= most
    }

    private func delete(_ what: Retained, after age: Duration?, _ now: Date) async throws {
        guard let age else { return }
        let moment = now - age.timeInterval
        try await walk { try await store.deleteNext(what, olderThan: moment, after: $0) }
    }

    private func walk(_ step: (Int64) async throws -> Int64?) async throws {
        var position: Int64? = 0
        while let start = position {
            position = try await step(start)
            if position != nil { try await Task.sleep(for: pause) }
        }
    }
}
