import CostEstimate
import Foundation
import Terminal
import Vocabulary

/// A day's claims beside what follows from the prices that the source states.
enum ClaimTables {
    static func section(_ check: ClaimCheck) -> EstimateTables.Section {
        EstimateTables.Section(question: question(check.plan), table: table(check), notes: notes(check))
    }

    static func sentence(on saving: SavingCheck) -> String {
        let parts = [
            saving.claimed.map { "\(Figures.claimed($0)) % claimed" },
            saving.fromClaims.map { "\(Figures.percent($0)) % by the claimed totals" },
            saving.fromPrices.map { "\(Figures.percent($0)) % by the stated prices" },
        ]
        return "Saved by routing: " + parts.compactMap { $0 }.joined(separator: ", ") + "."
    }

    private static func question(_ plan: Plan) -> String {
        let what = plan == .single ? "One model for everything" : "Routed"
        return "\(what): what the source claims, and what follows from the prices it states. USD a day."
    }

    private static func table(_ check: ClaimCheck) -> Table {
        var table = Table([
            .init("work", maxWidth: 30), .init("model", maxWidth: 30), .init("input price", alignment: .right),
            .init("output price", alignment: .right), .init("claimed", alignment: .right),
            .init("computed", alignment: .right), .init("difference", alignment: .right), .init("follows"),
        ])
        for row in check.rows {
            table.add([
                .init(row.work.name), .init(row.model.name), .init(Figures.price(row.model.prompt)),
                .init(Figures.price(row.model.completion)),
                .init(row.claimed.map(Figures.claimed) ?? ""),
                .init(Figures.cents(row.computed)), difference(row.computed, row.claimed), verdict(row.follows),
            ])
        }
        table.add([
            "total", "", "", "", .init(check.claimedTotal.map(Figures.claimed) ?? ""),
            .init(Figures.cents(check.computed)), difference(check.computed, check.claimedTotal),
            verdict(check.follows),
        ])
        return table
    }

    private static func difference(_ computed: USD, _ claimed: ClaimedFigure?) -> Table.Cell {
        .init(claimed.map { Figures.difference(computed.dollars - $0.value) } ?? "")
    }

    private static func verdict(_ follows: Bool?) -> Table.Cell {
        switch follows {
        case true: .init("yes", tint: .success)
        case false: .init("no", tint: .warning)
        case nil: ""
        }
    }

    private static func notes(_ check: ClaimCheck) -> [String] {
        let unmet = check.rows.filter { $0.follows == false }.flatMap(explanation)
        let computed = RoundingNote.Column(title: "computed", amounts: check.rows.map(\.computed.dollars))
        return unmet + sumNote(check) + RoundingNote.lines([computed], hasTotal: true)
    }

    private static func explanation(_ row: ClaimCheck.Row) -> [String] {
        let start = "\(row.work.name): \(row.claimed.map(Figures.claimed) ?? "") "
        guard !row.fits.isEmpty else { return [start + "follows from nothing simple that was tried."] }
        var lines = EstimateTables.alternatives(
            row.fits.map { "\(words(for: $0.hypothesis, row.work)) (\(Figures.exact($0.perDay.dollars)))" })
        lines[0] = start + "would follow " + lines[0]
        return lines
    }

    private static func words(for hypothesis: Hypothesis, _ work: Work) -> String {
        switch hypothesis {
        case .evenSplit: "with as much output as input"
        case .promptPriceAlone: "if all tokens cost the input price"
        case .completionPriceAlone: "if all tokens cost the output price"
        case .pricesOf(let model):
            "at the prices of \(model.name), \(Figures.price(model.prompt)) and \(Figures.price(model.completion))"
        case .calls(let calls): "with \(calls.grouped) calls a day instead of \(work.callsPerDay.grouped)"
        }
    }

    private static func sumNote(_ check: ClaimCheck) -> [String] {
        guard let total = check.claimedTotal, let sum = check.sumOfClaims else { return [] }
        if total.isMet(by: sum) { return ["The claimed total is the sum of the claimed rows."] }
        return ["The claimed rows add up to \(Figures.exact(sum)), not to the claimed \(Figures.claimed(total))."]
    }
}
