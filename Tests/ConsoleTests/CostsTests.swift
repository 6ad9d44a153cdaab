import Bellhop
import Console
import Foundation
import InboxCore
import ModelClient
import Testing

@Suite("Costs through the private door", .timeLimit(.minutes(5)))
struct CostsTests {
    private static let day = BudgetDay(number: 2026_11_24)
    private static let nextDay = BudgetDay(number: 2026_11_25)

    /// Two answers in a shop, one of them poor, and a request of unknown cost on the next day.
    private func ledger() throws -> MemoryLedger {
        let ledger = MemoryLedger()
        let requests: [(BudgetDay, String, [String: String], Cost, Bool)] = [
            (Self.day, "small", ["shop": "a.example.com", "floor": "1"], .billed(USD(nanos: 30)), false),
            (Self.day, "large", ["shop": "a.example.com"], .estimated(USD(nanos: 71)), true),
            (Self.nextDay, "large", [:], .unknown, false),
        ]
        for (day, model, labels, cost, isAccepted) in requests {
            let id = UUID()
            try ledger.reserve(
                Reservation(
                    id: id, day: day, at: ShelfInbox.receivedAt, provider: "openrouter", model: model,
                    task: .reviewSentiment, labels: labels, worstCase: USD(nanos: 500)))
            ledger.settle(
                Settlement(
                    id: id, cost: cost, usage: Usage(promptTokens: 100, completionTokens: 7), isAccepted: isAccepted))
        }
        return ledger
    }

    private func row(
        _ keys: [String?], requests: Int = 1, accepted: Int = 0, cost: Int64 = 0, perAccepted: Int64? = nil,
        unknown: Int = 0, held: Int64 = 0
    ) -> CostReport.Row {
        CostReport.Row(
            CostRow(
                keys: keys, requests: requests, accepted: accepted, promptTokens: 100 * requests,
                completionTokens: 7 * requests, cost: USD(nanos: cost), unknown: unknown, held: USD(nanos: held)))
    }

    @Test("The client reads rows and their total")
    func report() async throws {
        try await RunningConsole.open(ledger: ledger()) { console in
            let client = console.client()
            let byModel = try await client.costs(by: [.model])
            #expect(byModel.by == ["model"])
            #expect(
                byModel.rows == [
                    row(["large"], requests: 2, accepted: 1, cost: 71, unknown: 1, held: 500), row(["small"], cost: 30),
                ])
            #expect(byModel.total == row([], requests: 3, accepted: 1, cost: 101, unknown: 1, held: 500))
            #expect(byModel.total.costPerAccepted == USD(nanos: 101))

            let byShop = try await client.costs(
                from: Self.day, to: Self.nextDay, by: [.label("shop"), .label("floor"), .day, .accepted])
            #expect(byShop.by == ["shop", "label:floor", "day", "accepted"])
            #expect(
                byShop.rows == [
                    row(["a.example.com", "1", "2026-11-24", "no"], cost: 30),
                    row(["a.example.com", nil, "2026-11-24", "yes"], accepted: 1, cost: 71),
                    row([nil, nil, "2026-11-25", "no"], unknown: 1, held: 500),
                ])
            #expect(try await client.costs(from: Self.nextDay, by: [.day]).rows.map(\.keys) == [["2026-11-25"]])
            #expect(try await client.costs(to: Self.day, by: [.day]).rows.map(\.keys) == [["2026-11-24"]])
        }
    }

    @Test("A label's name travels whole", arguments: ["a&by=day", "a b+c%2C", "\u{E9}\"'"])
    func strangeNames(name: String) async throws {
        let ledger = MemoryLedger()
        try ledger.reserve(
            Reservation(
                id: UUID(), day: Self.day, at: ShelfInbox.receivedAt, provider: "p", model: "m", task: "t",
                labels: [name: "value"], worstCase: nil))
        try await RunningConsole.open(ledger: ledger) { console in
            let report = try await console.client().costs(by: [.label(name)])
            #expect(report.by == ["label:\(name)"])
            #expect(report.rows.map(\.keys) == [["value"]])
        }
    }

    @Test("The fee for buying credit is shown apart, where there is one")
    func creditFee() async throws {
        try await RunningConsole.open(ledger: ledger(), creditFee: 5.5) { console in
            var report = try await console.client().costs(by: [.model])
            #expect(report.total.cost == USD(nanos: 101))
            #expect(report.creditFeePercent == 5.5)
            // 5.555, rounded up.
            #expect(report.creditFee == USD(nanos: 6))
            let json = try JSONValue(parsing: try await console.send(.get, "/api/costs").body)
            #expect(json["credit_fee_nanos"] == 6 && json["credit_fee_percent"]?.decimal == 5.5)
            report.charge(10)
            #expect(report.creditFeePercent == 10 && report.creditFee == USD(nanos: 11))
        }
        try await RunningConsole.open(ledger: ledger()) { console in
            let json = try JSONValue(parsing: try await console.send(.get, "/api/costs").body)
            #expect(json["credit_fee_nanos"] == nil && json["credit_fee_percent"] == nil)
        }
    }

    @Test("Without words it is by model and over all days")
    func defaults() async throws {
        try await RunningConsole.open(ledger: ledger()) { console in
            for query in ["", "?from=&to=&by="] {
                let response = try await console.send(.get, "/api/costs\(query)")
                #expect(response.status == 200)
                let report = try JSONValue(parsing: response.body)
                #expect(report["by"] == ["model"])
                #expect(report["total"]?["requests"] == 3)
                #expect(report["rows"]?[1]?["cost_nanos"] == 30)
            }
        }
    }

    @Test(
        "What cannot be meant is refused, with what to write instead",
        arguments: [
            ("from=yesterday", "2026-11-24"), ("to=2026-13-01", "2026-11-24"),
            ("from=2026-11-25&to=2026-11-24", "later"),
            ("by=modell", "day, provider, model, task, accepted, shop, handler, team or label:NAME"),
            ("by=label:", "label:NAME"), ("by=model,", "label:NAME"), ("by=day,day,day,day,day", "at most 4"),
        ])
    func mistakes(query: String, words: String) async throws {
        try await RunningConsole.open { console in
            let response = try await console.send(.get, "/api/costs?\(query)")
            #expect(response.status == 400)
            let error = try #require(try JSONValue(parsing: response.body)["error"]?.string)
            #expect(error.contains(words), "\(error)")
        }
    }

    @Test("A report of too many rows says what to leave out")
    func tooManyRows() async throws {
        let ledger = MemoryLedger()
        for number in 0...10_000 {
            let id = UUID()
            try ledger.reserve(
                Reservation(
                    id: id, day: Self.day, at: ShelfInbox.receivedAt, provider: "p", model: "m", task: "t",
                    labels: ["shop": "\(number).example.com"], worstCase: nil))
            ledger.settle(Settlement(id: id, cost: .none))
        }
        try await RunningConsole.open(ledger: ledger) { console in
            let error = await #expect(throws: AdminClientError.self) {
                try await console.client().costs(by: [.label("shop")])
            }
            #expect(error?.code == .invalidRequest)
            #expect(error?.message.contains("fewer days") == true)
            let report = try await console.client().costs(by: [.task])
            #expect(report.total.requests == 10_001)
        }
    }

    @Test("A failing ledger is told as such")
    func broken() async throws {
        struct Broken: Ledger {
            private let error = InboxError(.storage, "the disk is full; make room")
            func reserve(_ reservation: Reservation) throws { throw error }
            func settle(_ settlement: Settlement) {}
            func charges(on day: BudgetDay) throws -> [Charge] { throw error }
            func unknownCosts(limit: Int) throws -> [UnknownCost] { throw error }
            func report(_ query: CostQuery) throws -> [CostRow] { throw error }
        }
        try await RunningConsole.open(ledger: Broken()) { console in
            let error = await #expect(throws: AdminClientError.self) {
                try await console.client().costs(by: [.model])
            }
            #expect(error == AdminClientError(.unavailable, "the disk is full; make room"))
        }
    }

    @Test("Every word is read back", arguments: ["day", "provider", "model", "task", "accepted", "shop", "label:a:b"])
    func words(word: String) throws {
        #expect(CostQuery.Dimension(word: word)?.word == word)
        #expect(CostQuery.Dimension(word: "label:shop") == .label("shop"))
    }
}
