import Foundation
import Vocabulary

/// What a ``MemoryLedger`` remembers.
struct LedgerBooks {
    private let maxDays: Int
    private let maxOpen: Int
    private var lastNumber = 0
    /// Requests whose cost is not known yet.
    private var open: [UUID: Entry] = [:]
    /// All others.
    private var closed: [BudgetDay: [Line: CostTotals]] = [:]

    init(maxDays: Int = 400, maxOpen: Int = 10_000) {
        self.maxDays = maxDays
        self.maxOpen = maxOpen
    }

    mutating func reserve(_ reservation: Reservation) throws(DuplicateReservation) {
        guard open[reservation.id] == nil else { throw DuplicateReservation(id: reservation.id) }
        lastNumber += 1
        open[reservation.id] = Entry(number: lastNumber, reservation: reservation)
        if open.count > maxOpen { closeOldest() }
    }

    mutating func settle(_ settlement: Settlement) {
        guard var entry = open[settlement.id] else { return }
        entry.settle(settlement)
        open[settlement.id] = entry
        if entry.cost != nil { close(entry) }
    }

    func charges(on day: BudgetDay) -> [Charge] {
        var sums: [Charge: CostTotals] = [:]
        for (_, line, totals) in lines(on: day...day) {
            let charge = Charge(model: line.model, task: line.task, labels: line.labels, amount: .zero)
            sums[charge, default: CostTotals()] += totals
        }
        return sums.map { charge, totals in
            Charge(
                model: charge.model, task: charge.task, labels: charge.labels, amount: totals.charged,
                exceedsReservation: totals.overruns > 0)
        }
    }

    func unknownCosts(limit: Int) -> [UnknownCost] {
        let oldest = open.values.filter { $0.unknownCost != nil }.sorted { $0.number < $1.number }
        return oldest.prefix(max(0, limit)).compactMap(\.unknownCost)
    }

    func report(_ query: CostQuery) -> [CostRow] {
        var table = CostTable()
        for (day, line, totals) in lines(on: query.days) {
            table.add(totals, under: query.groups.map { line.key(for: $0, on: day) })
        }
        return table.rows
    }

    /// Everything of some days. A line may come more than once.
    private func lines(on days: ClosedRange<BudgetDay>) -> [(BudgetDay, Line, CostTotals)] {
        closed.filter { days.contains($0.key) }.flatMap { day, lines in lines.map { (day, $0.key, $0.value) } }
            + open.values.map { ($0.reservation.day, $0.line, $0.totals) }.filter { days.contains($0.0) }
    }

    private mutating func close(_ entry: Entry) {
        open[entry.reservation.id] = nil
        closed[entry.reservation.day, default: [:]][entry.line, default: CostTotals()] += entry.totals
        if closed.count > maxDays, let oldest = closed.keys.min() { closed[oldest] = nil }
    }

    /// Makes room for as many again before the next time, so that the search for the oldest is rare.
    private mutating func closeOldest() {
        for entry in open.values.sorted(by: { $0.number < $1.number }).prefix(max(1, maxOpen / 2)) { close(entry) }
    }
}
