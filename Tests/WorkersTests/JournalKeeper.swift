import Foundation
import InboxCore
import ModelClient
import Synchronization

/// A ledger that keeps the steps in its notes, and forgets the costs.
final class JournalKeeper: Ledger {
    private let kept = Mutex<(notes: [JournalNote], reservations: [Reservation])>(([], []))

    var notes: [JournalNote] { kept.withLock { $0.notes } }
    var steps: [JournaledStep] { notes.map(\.step) }
    var reservations: [Reservation] { kept.withLock { $0.reservations } }

    func reserve(_ reservation: Reservation) async throws {
        kept.withLock { $0.reservations.append(reservation) }
    }

    func settle(_ settlement: Settlement) {
        guard let note = settlement.note.flatMap(JournalNote.init(decoding:)) else { return }
        kept.withLock { $0.notes.append(note) }
    }

    func charges(on day: BudgetDay) async throws -> [Charge] { [] }
    func unknownCosts(limit: Int) async throws -> [UnknownCost] { [] }
    func report(_ query: CostQuery) async throws -> [CostRow] { [] }
}
