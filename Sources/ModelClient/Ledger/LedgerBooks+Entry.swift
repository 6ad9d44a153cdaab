import Vocabulary

extension LedgerBooks {
    /// A request that may still be settled.
    struct Entry {
        /// Grows with each reservation.
        let number: Int
        let reservation: Reservation
        private(set) var settlement: Settlement?

        init(number: Int, reservation: Reservation) {
            self.number = number
            self.reservation = reservation
        }

        /// Takes a settlement; what it leaves out stays as an earlier one had it.
        mutating func settle(_ new: Settlement) {
            var merged = new
            merged.usage = new.usage ?? settlement?.usage
            merged.generationID = new.generationID ?? settlement?.generationID
            merged.isAccepted = new.isAccepted || settlement?.isAccepted == true
            settlement = merged
        }

        /// The cost, once it is known.
        var cost: USD? {
            settlement?.cost.amount
        }

        /// What can be asked about at the provider.
        var unknownCost: UnknownCost? {
            guard let settlement, settlement.cost == .unknown, let id = settlement.generationID else { return nil }
            return UnknownCost(reservation: reservation, generationID: id)
        }

        var line: Line {
            Line(
                provider: reservation.provider, model: reservation.model, task: reservation.task,
                isAccepted: settlement?.isAccepted ?? false, labels: reservation.labels)
        }

        var totals: CostTotals {
            var totals = CostTotals()
            totals.requests = 1
            totals.accepted = settlement?.isAccepted == true ? 1 : 0
            totals.promptTokens = Int128(settlement?.usage?.promptTokens ?? 0)
            totals.completionTokens = Int128(settlement?.usage?.completionTokens ?? 0)
            if let cost {
                totals.cost = Int128(cost.nanos)
                totals.overruns = reservation.worstCase.map { cost > $0 } == true ? 1 : 0
            } else {
                totals.unknown = 1
                totals.held = Int128(reservation.worstCase?.nanos ?? 0)
            }
            return totals
        }
    }

    /// What requests of a day are added up by.
    struct Line: Hashable {
        var provider: String
        var model: String
        var task: TaskType
        var isAccepted: Bool
        var labels: [String: String]

        func key(for dimension: CostQuery.Dimension, on day: BudgetDay) -> String? {
            switch dimension {
            case .day: day.description
            case .provider: provider
            case .model: model
            case .task: task.rawValue
            case .accepted: isAccepted ? "yes" : "no"
            case .label(let name): labels[name]
            }
        }
    }
}
