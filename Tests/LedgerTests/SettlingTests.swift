import Foundation
import ModelClient
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SettlingTests {
    @Test(arguments: LedgerKind.allCases)
    func `what is reserved counts with its worst case`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            try await running.ledger.reserve(Sample.reservation(worstCase: USD(nanos: 700)))

            #expect(try await running.ledger.charges(on: Sample.day).map(\.amount) == [USD(nanos: 700)])
            #expect(
                try await running.total() == CostRow(keys: [], requests: 1, unknown: 1, held: USD(nanos: 700)))
        }
    }

    @Test(
        arguments: LedgerKind.allCases, [(Cost.billed(USD(nanos: 5)), 5), (.estimated(USD(nanos: 6)), 6), (.none, 0)])
    func `a settlement puts the cost in the place of the worst case`(
        _ kind: LedgerKind, cost: (Cost, Int)
    ) async throws {
        try await kind.withLedger { running in
            try await running.record(Sample.reservation(), cost.0)

            #expect(try await running.ledger.charges(on: Sample.day).map(\.amount) == [USD(nanos: Int64(cost.1))])
            #expect(
                try await running.total()
                    == CostRow(
                        keys: [], requests: 1, accepted: 1, promptTokens: 10, completionTokens: 3,
                        cost: USD(nanos: Int64(cost.1))))
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `an unknown cost stays charged with its worst case`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            try await running.record(Sample.reservation(worstCase: USD(nanos: 700)), .unknown, isAccepted: false)
            // Without a price nobody knows the worst case either; it is still unknown, not free.
            try await running.record(Sample.reservation(worstCase: nil), .unknown, isAccepted: false)

            #expect(try await running.ledger.charges(on: Sample.day).map(\.amount) == [USD(nanos: 700)])
            #expect(
                try await running.total()
                    == CostRow(
                        keys: [], requests: 2, promptTokens: 20, completionTokens: 6, unknown: 2,
                        held: USD(nanos: 700)))
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `a later settlement corrects an unknown cost and keeps what it leaves out`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            let reservation = Sample.reservation()
            try await running.record(reservation, .unknown)
            try await running.settle(Settlement(id: reservation.id, cost: .billed(USD(nanos: 40))))

            #expect(
                try await running.total()
                    == CostRow(
                        keys: [], requests: 1, accepted: 1, promptTokens: 10, completionTokens: 3,
                        cost: USD(nanos: 40)))
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `a later settlement may leave the cost unknown and tell the generation`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            let reservation = Sample.reservation()
            try await running.record(reservation, .unknown)
            #expect(try await running.ledger.unknownCosts(limit: 9).isEmpty)
            try await running.settle(Settlement(id: reservation.id, cost: .unknown, generationID: "gen-1"))

            #expect(
                try await running.ledger.unknownCosts(limit: 9)
                    == [UnknownCost(reservation: reservation, generationID: "gen-1")])
            #expect(try await running.total()?.accepted == 1)
        }
    }

    @Test(arguments: LedgerKind.allCases, [Cost.billed(USD(nanos: 5)), .estimated(USD(nanos: 5)), .none])
    func `a known cost is final`(_ kind: LedgerKind, cost: Cost) async throws {
        try await kind.withLedger { running in
            let reservation = Sample.reservation()
            try await running.record(reservation, cost, isAccepted: false)
            let before = try await running.total()
            for later in [Cost.billed(USD(nanos: 99)), .estimated(USD(nanos: 99)), .none, .unknown] {
                try await running.settle(
                    Settlement(
                        id: reservation.id, cost: later, usage: Usage(promptTokens: 7, completionTokens: 7),
                        generationID: "gen-1", isAccepted: true))
            }
            #expect(try await running.total() == before)
            #expect(try await running.ledger.unknownCosts(limit: 9).isEmpty)
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `settlements of one request are taken in their order`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            for _ in 0..<50 {
                let reservation = Sample.reservation()
                try await running.ledger.reserve(reservation)
                running.ledger.settle(Settlement(id: reservation.id, cost: .unknown, isAccepted: true))
                running.ledger.settle(Settlement(id: reservation.id, cost: .billed(USD(nanos: 2))))
                running.ledger.settle(Settlement(id: reservation.id, cost: .billed(USD(nanos: 99))))
            }
            try await running.catchUp()
            #expect(
                try await running.total() == CostRow(keys: [], requests: 50, accepted: 50, cost: USD(nanos: 100)))
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `a settlement without a reservation changes nothing`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            try await running.settle(Settlement(id: UUID(), cost: .billed(USD(nanos: 5)), generationID: "gen-1"))
            #expect(try await running.total() == nil)
            #expect(try await running.ledger.charges(on: Sample.day).isEmpty)
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `an id is reserved once`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            let reservation = Sample.reservation(worstCase: USD(nanos: 700))
            try await running.ledger.reserve(reservation)
            let error = await #expect(throws: DuplicateReservation.self) {
                try await running.ledger.reserve(reservation)
            }
            #expect(error?.id == reservation.id)
            #expect(try await running.total()?.held == USD(nanos: 700))
        }
    }
}
