import Foundation
import ModelClient
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ReadingTests {
    @Test(arguments: LedgerKind.allCases)
    func `charges are those of one day by model, task and labels`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            let labels = ["shop": "a.example.com", "handler": "orders"]
            try await running.record(Sample.reservation(labels: labels), .billed(USD(nanos: 5)))
            try await running.record(
                Sample.reservation(provider: "other", labels: labels), .estimated(USD(nanos: 6)), isAccepted: false)
            try await running.ledger.reserve(Sample.reservation(labels: labels, worstCase: USD(nanos: 700)))
            try await running.record(Sample.reservation(model: "large", labels: labels), .billed(USD(nanos: 50)))
            try await running.record(Sample.reservation(task: .extraction, labels: labels), .billed(USD(nanos: 60)))
            try await running.record(Sample.reservation(), .billed(USD(nanos: 70)))
            try await running.record(Sample.reservation(day: Sample.nextDay, labels: labels), .billed(USD(nanos: 99)))

            func charge(_ model: String, _ task: TaskType, _ labels: [String: String], _ nanos: Int64) -> Charge {
                Charge(model: model, task: task, labels: labels, amount: USD(nanos: nanos))
            }
            let charges = try await running.ledger.charges(on: Sample.day)
            #expect(charges.count == 4)
            #expect(
                Set(charges) == [
                    charge("small", .classification, labels, 711), charge("large", .classification, labels, 50),
                    charge("small", .extraction, labels, 60), charge("small", .classification, [:], 70),
                ])
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `unknown costs with a generation are listed oldest first`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            // The clock of the reservations may step back; the order of reserving counts.
            let reservations = (0..<4).map { number in
                var reservation = Sample.reservation(labels: ["shop": "\(number).example.com"], worstCase: nil)
                reservation.at -= Double(number)
                return reservation
            }
            for reservation in reservations { try await running.ledger.reserve(reservation) }
            for (number, reservation) in reservations.enumerated().reversed() where number != 1 {
                running.ledger.settle(
                    Settlement(id: reservation.id, cost: .unknown, generationID: "gen-\(number)"))
            }
            running.ledger.settle(Settlement(id: reservations[1].id, cost: .none, generationID: "gen-1"))
            try await running.record(Sample.reservation(), .unknown)

            let unknown = [0, 2, 3].map { UnknownCost(reservation: reservations[$0], generationID: "gen-\($0)") }
            #expect(try await running.ledger.unknownCosts(limit: 9) == unknown)
            #expect(try await running.ledger.unknownCosts(limit: 2) == Array(unknown.prefix(2)))
            #expect(try await running.ledger.unknownCosts(limit: 0).isEmpty)
            #expect(try await running.ledger.unknownCosts(limit: -1).isEmpty)
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `a report takes the days from first to last`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            for number in [2026_11_23, 2026_11_24, 2026_12_01, 2026_12_02] {
                try await running.record(
                    Sample.reservation(day: BudgetDay(number: number)), .billed(USD(nanos: Int64(number))))
            }
            let days = BudgetDay(number: 2026_11_24)...BudgetDay(number: 2026_12_01)
            let rows = try await running.ledger.report(CostQuery(days: days, groups: [.day]))
            #expect(rows.map(\.keys) == [["2026-11-24"], ["2026-12-01"]])
            #expect(rows.map(\.cost.nanos) == [2026_11_24, 2026_12_01])
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `a report groups by what was asked, in this order, and sorts by it`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            let labels = ["shop": "a.example.com"]
            try await running.record(Sample.reservation(model: "b", labels: labels), .billed(USD(nanos: 1)))
            try await running.record(Sample.reservation(model: "a"), .billed(USD(nanos: 2)))
            try await running.record(
                Sample.reservation(model: "a", labels: labels), .billed(USD(nanos: 4)), isAccepted: false)
            try await running.record(
                Sample.reservation(provider: "x", model: "a", labels: labels), .billed(USD(nanos: 8)))

            func report(_ groups: CostQuery.Dimension...) async throws -> [[String?]: Int64] {
                let rows = try await running.ledger.report(CostQuery(days: Sample.always, groups: groups))
                return Dictionary(uniqueKeysWithValues: rows.map { ($0.keys, $0.cost.nanos) })
            }
            #expect(try await report(.model) == [["a"]: 14, ["b"]: 1])
            #expect(try await report(.accepted) == [["no"]: 4, ["yes"]: 11])
            #expect(
                try await report(.provider, .task) == [
                    ["openrouter", "classification"]: 7, ["x", "classification"]: 8,
                ])
            #expect(
                try await report(.label("shop"), .model)
                    == [["a.example.com", "a"]: 12, ["a.example.com", "b"]: 1, [nil, "a"]: 2])
            #expect(try await report(.label("team")) == [[nil]: 15])
            let rows = try await running.ledger.report(
                CostQuery(days: Sample.always, groups: [.label("shop"), .accepted, .model]))
            #expect(
                rows.map(\.keys) == [
                    ["a.example.com", "no", "a"], ["a.example.com", "yes", "a"], ["a.example.com", "yes", "b"],
                    [nil, "yes", "a"],
                ])
        }
    }

    @Test(
        arguments: LedgerKind.allCases,
        ["a\"b", "a\\b", "$.shop", "shop.x", "'); DROP TABLE ledger; --", "", "*", "[0]", "\n", "h\u{E9}\u{1F6CE}"])
    func `a label may have any name`(_ kind: LedgerKind, name: String) async throws {
        try await kind.withLedger { running in
            try await running.record(
                Sample.reservation(labels: [name: name, "shop": "a.example.com"]), .billed(USD(nanos: 5)))
            try await running.record(Sample.reservation(labels: ["x": "y"]), .billed(USD(nanos: 6)))

            let rows = try await running.ledger.report(
                CostQuery(days: Sample.always, groups: [.label(name), .label("shop")]))
            #expect(rows.map(\.keys) == [[name, "a.example.com"], [nil, nil]])
            #expect(rows.map(\.cost.nanos) == [5, 6])
            #expect(try await running.ledger.charges(on: Sample.day).count == 2)
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `absurd amounts end at the largest there is`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            let most = USD(nanos: .max)
            for _ in 0..<3 {
                let reservation = Sample.reservation(worstCase: most)
                try await running.ledger.reserve(reservation)
                try await running.settle(
                    Settlement(
                        id: reservation.id, cost: .billed(most),
                        usage: Usage(promptTokens: .max, completionTokens: .max, cachedTokens: .max)))
                try await running.ledger.reserve(Sample.reservation(worstCase: most))
            }
            #expect(
                try await running.total()
                    == CostRow(
                        keys: [], requests: 6, promptTokens: .max, completionTokens: .max, cost: most, unknown: 3,
                        held: most))
            #expect(try await running.ledger.charges(on: Sample.day).map(\.amount) == [most])
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `amounts of both signs add up exactly`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            for nanos in [Int64.max, .max, .min, .min, 1_999_999_999, -1_000_000_001, -1] {
                try await running.record(Sample.reservation(), .billed(USD(nanos: nanos)))
            }
            #expect(try await running.total()?.cost == USD(nanos: 999_999_995))
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `an empty ledger has nothing to report`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            let charges = try await running.ledger.charges(on: Sample.day)
            #expect(charges.isEmpty)
            for groups in [[], [CostQuery.Dimension.day], [.label("shop"), .model]] {
                let rows = try await running.ledger.report(CostQuery(days: Sample.always, groups: groups))
                #expect(rows.isEmpty)
            }
            #expect(try await running.ledger.unknownCosts(limit: 9).isEmpty)
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `charges tell of a request that cost more than was reserved`(_ kind: LedgerKind) async throws {
        try await kind.withLedger { running in
            for (shop, worstCase, cost) in [("a", 10, 10), ("b", 10, 11), ("b", 10, 1), ("c", nil, 99)]
                as [(String, Int64?, Int64)]
            {
                try await running.record(
                    Sample.reservation(labels: ["shop": shop], worstCase: worstCase.map { USD(nanos: $0) }),
                    .billed(USD(nanos: cost)))
            }
            try await running.ledger.reserve(Sample.reservation(labels: ["shop": "d"], worstCase: USD(nanos: 5)))
            let charges = try await running.ledger.charges(on: Sample.day)
            #expect(charges.count == 4)
            #expect(charges.filter(\.exceedsReservation).map(\.labels) == [["shop": "b"]])
        }
    }
}
