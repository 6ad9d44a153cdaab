public import Foundation
import Synchronization

/// A ledger that forgets everything with the process: for tests, and for programs whose budgets may begin anew with
/// each start.
///
/// It takes the same room however many requests are made: those of known cost are added up by day, provider, model,
/// task and labels. 400 days are kept, and 10,000 requests that are under way or of unknown cost; the oldest beyond
/// that stay charged with their worst case for good.
public final class MemoryLedger: Ledger {
    private let books = Mutex(LedgerBooks())

    public init() {}

    /// - Throws: ``DuplicateReservation`` when a request under way, or of unknown cost, has the id.
    public func reserve(_ reservation: Reservation) throws {
        try books.withLock { try $0.reserve(reservation) }
    }

    public func settle(_ settlement: Settlement) {
        books.withLock { $0.settle(settlement) }
    }

    public func charges(on day: BudgetDay) -> [Charge] {
        books.withLock { $0.charges(on: day) }
    }

    public func unknownCosts(limit: Int) -> [UnknownCost] {
        books.withLock { $0.unknownCosts(limit: limit) }
    }

    public func report(_ query: CostQuery) -> [CostRow] {
        books.withLock { $0.report(query) }
    }
}

/// A reservation under an id that another one has. It was not recorded.
public struct DuplicateReservation: Error, Sendable, Hashable, CustomStringConvertible {
    public var id: UUID

    public init(id: UUID) {
        self.id = id
    }

    public var description: String {
        "a request is reserved under the id \(id) already; give each request an id of its own"
    }
}
