import Foundation
import InboxCore
import InboxSQLite
import Logging
import TestSupport
import Testing

/// The implementations that the conformance suites run against.
enum InboxKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, sqlite

    var testDescription: String { rawValue }

    /// Runs the body with a fresh inbox that is gone afterwards.
    func withInbox(_ body: (any Inbox & EffectQueue) async throws -> Void) async throws {
        switch self {
        case .memory:
            try await body(MemoryInbox())
        case .sqlite:
            try await withTemporaryFolder { folder in
                let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
                try await body(inbox)
                await inbox.close()
            }
        }
    }
}

/// Runs the body with the name of a folder that does not exist yet and is removed afterwards.
func withTemporaryFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
    try await TemporaryFolder.with { try await body($0.appending(path: "inbox")) }
}

extension Logger {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
