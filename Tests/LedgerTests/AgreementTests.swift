import Foundation
import ModelClient
import TestSupport
import Testing

/// Random requests give the same sums in every implementation.
@Suite(.timeLimit(.minutes(5)))
struct AgreementTests {
    private enum Step {
        case reserve(Reservation)
        case settle(Settlement)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `all implementations say the same about random requests`(seed: UInt64) async throws {
        let steps = Self.steps(seed: seed)
        var sayings: [Saying] = []
        for kind in LedgerKind.allCases {
            try await kind.withLedger { running in
                for step in steps {
                    switch step {
                    case .reserve(let reservation): try await running.ledger.reserve(reservation)
                    case .settle(let settlement): running.ledger.settle(settlement)
                    }
                }
                try await running.catchUp()
                sayings.append(try await Saying(of: running.ledger))
            }
        }
        let first = try #require(sayings.first)
        #expect(first.reports.allSatisfy { !$0.isEmpty })
        for (kind, saying) in zip(LedgerKind.allCases, sayings).dropFirst() {
            #expect(saying.charges == first.charges, "\(kind)")
            #expect(saying.unknown == first.unknown, "\(kind)")
            for (own, other) in zip(saying.reports, first.reports) { #expect(own == other, "\(kind)") }
        }
    }

    /// Everything that a ledger can be asked.
    private struct Saying {
        var charges: [BudgetDay: Set<Charge>] = [:]
        var unknown: [UnknownCost]
        var reports: [[CostRow]] = []

        init(of ledger: any Ledger) async throws {
            unknown = try await ledger.unknownCosts(limit: 1000)
            for day in AgreementTests.days { charges[day] = Set(try await ledger.charges(on: day)) }
            let dimensions: [CostQuery.Dimension] = [
                .day, .provider, .model, .task, .accepted, .label("shop"), .label("team"),
            ]
            for first in dimensions {
                for second in dimensions {
                    reports.append(
                        try await ledger.report(
                            CostQuery(days: Sample.day...Sample.nextDay, groups: [first, second, .label("x"), .task])))
                }
            }
            reports.append(try await ledger.report(CostQuery(days: Sample.always, groups: [])))
        }
    }

    private static let days = [2026_11_23, 2026_11_24, 2026_11_25, 2026_11_26].map { BudgetDay(number: $0) }

    private static func steps(seed: UInt64) -> [Step] {
        var random = SplitMix64(seed: seed)
        var steps: [Step] = []
        var reserved: [UUID] = []
        for _ in 0..<300 {
            if reserved.isEmpty || Bool.random(using: &random) {
                let reservation = reservation(using: &random)
                reserved.append(reservation.id)
                steps.append(.reserve(reservation))
            } else if let id = reserved.randomElement(using: &random) {
                steps.append(.settle(settlement(id, using: &random)))
            }
        }
        return steps
    }

    private static func reservation(using random: inout SplitMix64) -> Reservation {
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &random)] }
        var reservation = Sample.reservation(
            day: pick(days), provider: pick(["openrouter", "local"]), model: pick(["small", "large", "\u{FC}ber"]),
            task: pick([.classification, .fraudDetection]),
            worstCase: pick([
                nil, .zero, USD(nanos: .max), USD(nanos: Int64.random(in: 0...2_000_000_000, using: &random)),
            ]))
        for name in ["shop", "team", "x"] {
            if let value = pick([nil, "", "a.example.com", "B.example.com", "\"\\"]) {
                reservation.labels[name] = value
            }
        }
        return reservation
    }

    private static func settlement(_ id: UUID, using random: inout SplitMix64) -> Settlement {
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &random)] }
        let amount = USD(nanos: pick([0, 1, .max, .min, Int64.random(in: -9...9_000_000_000, using: &random)]))
        return Settlement(
            id: id, cost: pick([.billed(amount), .estimated(amount), .none, .unknown, .unknown]),
            usage: pick([
                nil, Usage(promptTokens: 0, completionTokens: 0), Usage(promptTokens: .max, completionTokens: 4),
                Usage(promptTokens: 1200, completionTokens: 80, cachedTokens: 7),
            ]),
            generationID: pick([nil, "gen-\(Int.random(in: 0...99, using: &random))"]), isAccepted: pick([true, false]))
    }
}
