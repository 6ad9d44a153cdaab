import Foundation
import Testing

@testable import ModelClient

struct MemoryLedgerTests {
    private func settle(_ books: inout LedgerBooks, _ reservation: Reservation, _ cost: Cost) throws {
        try books.reserve(reservation)
        books.settle(Settlement(id: reservation.id, cost: cost, generationID: "gen"))
    }

    private func total(_ books: LedgerBooks) -> CostRow? {
        books.report(CostQuery(days: Sample.always, groups: [])).first
    }

    @Test func `of too many unknown costs the oldest stay charged for good`() throws {
        var books = LedgerBooks(maxDays: 10, maxOpen: 4)
        let reservations = (0..<6).map { _ in Sample.reservation(worstCase: USD(nanos: 100)) }
        for reservation in reservations { try settle(&books, reservation, .unknown) }

        #expect(books.unknownCosts(limit: 9).map(\.reservation) == Array(reservations.suffix(4)))
        for reservation in reservations { books.settle(Settlement(id: reservation.id, cost: .billed(USD(nanos: 1)))) }
        #expect(total(books) == CostRow(keys: [], requests: 6, cost: USD(nanos: 4), unknown: 2, held: USD(nanos: 200)))
    }

    @Test func `of too many days the oldest are forgotten`() throws {
        var books = LedgerBooks(maxDays: 2, maxOpen: 10)
        for number in [2026_11_24, 2026_11_26, 2026_11_25] {
            try settle(&books, Sample.reservation(day: BudgetDay(number: number)), .billed(USD(nanos: Int64(number))))
        }
        #expect(books.charges(on: BudgetDay(number: 2026_11_24)).isEmpty)
        #expect(total(books)?.cost == USD(nanos: 2026_11_25 + 2026_11_26))
    }

    @Test func `many requests at once lose nothing`() async throws {
        let ledger = MemoryLedger()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let reservation = Sample.reservation()
                    try? ledger.reserve(reservation)
                    ledger.settle(Settlement(id: reservation.id, cost: .billed(USD(nanos: 3))))
                }
            }
        }
        #expect(ledger.report(CostQuery(days: Sample.always, groups: [])).first?.cost == USD(nanos: 600))
    }
}
