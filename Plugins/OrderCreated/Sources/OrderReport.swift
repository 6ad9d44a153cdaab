import Bellhop

/// What was found out about an order, as tags and a note. Tags are made of fixed words only.
struct OrderReport: Sendable {
    var triage: OrderTriage
    var risk: (signals: OrderSignals, assessment: FraudAssessment)?

    /// Nothing for an order about which there is nothing to say.
    func effects(on order: Order) -> [Effect] {
        guard !tags.isEmpty else { return [] }
        return [.tag(.order(order.id), tags), .note(.order(order.id), note)]
    }

    private var tags: [String] {
        var tags: [String] = []
        if triage.urgency == .urgent { tags.append("urgent") }
        if triage.gift { tags.append("gift") }
        if triage.request != .none { tags.append("request:\(triage.request.rawValue)") }
        if let risk { tags.append("risk:\(risk.assessment.risk.rawValue)") }
        return tags
    }

    private var note: String {
        var lines: [String] = []
        if !triage.summary.isEmpty { lines.append(triage.summary) }
        if let (signals, assessment) = risk {
            lines.append("Risk of fraud: \(assessment.risk.rawValue). \(assessment.nextStep.advice)")
            lines += assessment.reasons.map { "- \($0)" }
            lines.append(
                "Signals (score \(signals.score)): \(signals.found.map(\.sentence).joined(separator: "; ")).")
        }
        return lines.isEmpty ? "Marked: \(tags.joined(separator: ", "))." : lines.joined(separator: "\n")
    }
}

extension FraudAssessment.NextStep {
    fileprivate var advice: String {
        switch self {
        case .ship: "Suggestion: ship."
        case .verifyWithCustomer: "Suggestion: verify with the customer before shipping."
        case .reviewByHand: "Suggestion: review by hand before shipping."
        }
    }
}
