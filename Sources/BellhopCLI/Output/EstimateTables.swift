import CostEstimate
import Foundation
import Terminal
import Vocabulary

/// An estimate as people read it: a table for each question, with a sentence on top and what is to be noted below.
enum EstimateTables {
    static func text(_ estimate: Estimate, fee: CreditFee?, style: Style) -> String {
        let workload = estimate.workload
        var sections = [work(workload)]
        if workload.mix == nil {
            sections += estimate.claims.map(ClaimTables.section)
            if let saving = estimate.saving, let last = sections.indices.last {
                sections[last].notes.append(ClaimTables.sentence(on: saving))
            }
        }
        sections += estimate.volumes.map(VolumeTables.section)
        if workload.mix == nil { sections += [PriceTables.rows(estimate), PriceTables.totals(estimate)] }
        if !workload.volumes.isEmpty { sections.append(PriceTables.volumes(estimate)) }
        if let fee { sections.append(PriceTables.fees(estimate, fee)) }
        return sections.map { $0.rendered(style) }.joined(separator: "\n")
    }

    /// A table with the question that it answers.
    struct Section {
        var question: String
        var about: String?
        var table: Table
        var notes: [String] = []

        func rendered(_ style: Style) -> String {
            let title = style.paint(question.printable, .heading) + "\n"
            let lines = [about].compactMap { $0 }.map { $0.printable + "\n" }
            return title + lines.joined() + "\n" + table.rendered(style)
                + (notes.isEmpty ? "" : "\n") + notes.map { $0.printable + "\n" }.joined()
        }
    }

    /// Ways to the same thing as one sentence, a line for each.
    static func alternatives(_ ways: [String]) -> [String] {
        ways.enumerated().map { index, way in
            (index == 0 ? way : "  or \(way)") + (index == ways.count - 1 ? "." : ",")
        }
    }

    private static func work(_ workload: Workload) -> Section {
        var table = Table([
            .init("work", maxWidth: 30), .init("class"), .init("task", maxWidth: 30),
            .init("tokens in", alignment: .right), .init("tokens out", alignment: .right),
            .init("calls a day", alignment: .right),
        ])
        for work in workload.work {
            table.add([
                .init(work.name), .init(work.routing.routingClass.rawValue), .init(task(of: work)),
                .init(work.tokens.prompt.grouped), .init(work.tokens.completion.grouped),
                .init(work.callsPerDay.grouped),
            ])
        }
        table.add(["total", "", "", "", "", .init(workload.callsPerDay.grouped)])
        let mix = workload.mix.map { ["The work is that of \($0)."] } ?? []
        return Section(
            question: workload.name, about: workload.description, table: table,
            notes: mix + ["Tokens are those of one call."] + splitNote(workload.work))
    }

    private static func task(of work: Work) -> String {
        work.routing.task.rawValue + (work.routing.complexity == .high ? ", hard" : "")
    }

    private static func splitNote(_ work: [Work]) -> [String] {
        let assumed = work.filter(\.assumesEvenSplit).map(\.name)
        guard !assumed.isEmpty else { return [] }
        let whose = assumed.count == work.count ? "they" : "those of \(assumed.joined(separator: ", "))"
        return ["How \(whose) are split is not said: half is counted as input, half as output."]
    }
}
