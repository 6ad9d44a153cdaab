import Foundation
import Synchronization
import Vocabulary

@testable import ModelClient

/// A ledger in memory that fails to tell what was charged as often as a test wants, and tells when something is settled.
final class FlakyLedger: Ledger {
    struct Failure: Error {}

    let failures = Mutex(0)
    let onSettling = Mutex<@Sendable () -> Void>({})
    private let memory = MemoryLedger()

    func charges(on day: BudgetDay) throws -> [Charge] {
        let fails = failures.withLock { count in
            defer { count = max(0, count - 1) }
            return count > 0
        }
        if fails { throw Failure() }
        return memory.charges(on: day)
    }

    func reserve(_ reservation: Reservation) throws { try memory.reserve(reservation) }
    func settle(_ settlement: Settlement) {
        onSettling.withLock { $0 }()
        memory.settle(settlement)
    }
    func unknownCosts(limit: Int) -> [UnknownCost] { memory.unknownCosts(limit: limit) }
    func report(_ query: CostQuery) -> [CostRow] { memory.report(query) }
}
