import Foundation
import InboxCore
import InboxSQLite
import Logging
import ModelClient
import TestSupport
import Testing

/// The implementations that the conformance suites run against.
enum LedgerKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory, sqlite

    var testDescription: String { rawValue }

    /// Runs the body with a fresh ledger that is gone afterwards.
    func withLedger(_ body: (RunningLedger) async throws -> Void) async throws {
        switch self {
        case .memory:
            try await body(RunningLedger(ledger: MemoryLedger(), catchUp: {}))
        case .sqlite:
            try await TemporaryFolder.with { folder in
                let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                let inbox = try await SQLiteInbox.open(folder: folder, logger: logger)
                // Written in their turn: when this one is, all settlements before it are.
                try await body(
                    RunningLedger(ledger: inbox.ledger) {
                        _ = try await inbox.claim(limit: 0, now: .now, leaseFor: .zero)
                    })
                await inbox.close()
            }
        }
    }
}

/// A ledger under test.
struct RunningLedger: Sendable {
    let ledger: any Ledger
    /// Returns once the settlements handed in so far are recorded.
    let catchUp: @Sendable () async throws -> Void

    func settle(_ settlement: Settlement) async throws {
        ledger.settle(settlement)
        try await catchUp()
    }

    /// Records a request from its beginning to its end.
    func record(_ reservation: Reservation, _ cost: Cost, isAccepted: Bool = true) async throws {
        try await ledger.reserve(reservation)
        try await settle(
            Settlement(
                id: reservation.id, cost: cost, usage: Usage(promptTokens: 10, completionTokens: 3),
                generationID: nil, isAccepted: isAccepted))
    }

    /// Everything in one row.
    func total() async throws -> CostRow? {
        let rows = try await ledger.report(CostQuery(days: Sample.always, groups: []))
        #expect(rows.count <= 1)
        return rows.first
    }
}
