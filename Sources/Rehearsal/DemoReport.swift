package import Bellhop
import Foundation
import InboxCore

/// What the demo saw: one row for each question to the models, one for each event that asked none.
package struct DemoReport: Sendable, Encodable {
    package var rows: [Row]
    /// The models that failed on purpose, and how.
    package var onPurpose: [String]
    /// Deliveries that the door refused or absorbed, with the answer it gave.
    package var door: [DoorRow]
    package var totals: Totals
    /// What came out other than expected; empty when all is well.
    package var surprises: [String]

    package struct Row: Sendable, Encodable {
        package var event: String
        package var handler: String
        package var routingClass: String
        package var task: String
        package var model: String
        package var isFallback: Bool
        package var attempts: Int
        package var cost: USD
        package var milliseconds: Int
        /// What the handler wants changed, in a few words; on the first row of an event only.
        package var effects: String
        package var outcome: String

        private enum CodingKeys: String, CodingKey {
            case event, handler, routingClass, task, model, isFallback, attempts, milliseconds, effects, outcome
            case cost = "costNanos"
        }
    }

    package struct DoorRow: Sendable, Encodable {
        package var event: String
        package var status: Int
        package var answer: String
    }

    package struct Totals: Sendable, Encodable {
        package var handlerRuns = 0
        package var questions = 0
        package var requests = 0
        package var fallbacks = 0
        package var effects = 0
        package var cost: USD = .zero
        /// Requests whose cost nobody could tell.
        package var unknownCosts = 0
        /// The same tokens on the premium model alone; `nil` when there is none to compare with.
        package var premiumCost: USD?

        /// The share saved against the premium model, 0 to 1; `nil` when there is nothing to compare with.
        package var saved: Double? {
            guard let premiumCost, premiumCost > .zero else { return nil }
            return 1 - Double(cost.nanos) / Double(premiumCost.nanos)
        }

        private enum CodingKeys: String, CodingKey {
            case handlerRuns, questions, requests, fallbacks, effects, unknownCosts
            case cost = "costNanos"
            case premiumCost = "premiumCostNanos"
        }
    }
}

extension DemoReport.Totals {
    mutating func add(_ job: EventDetail.Job) {
        handlerRuns += 1
        effects += job.effects.count
        for call in job.calls {
            questions += 1
            requests += call.attempts.count
            fallbacks += call.isFallback ? 1 : 0
            cost += call.cost
            unknownCosts += call.unknownCosts
            if let cost = call.premiumCost { premiumCost = (premiumCost ?? .zero) + cost }
        }
    }
}

extension DemoReport.Row {
    /// The rows of one job of the sample with this name.
    static func rows(of job: EventDetail.Job, event: String) -> [DemoReport.Row] {
        let outcome = job.summary.reason.map { "\(job.summary.state.rawValue): \($0)" } ?? job.summary.state.rawValue
        let effects = job.effects.map(\.effect.brief).joined(separator: ", ")
        guard !job.calls.isEmpty else {
            return [
                DemoReport.Row(
                    event: event, handler: job.summary.handlerID, routingClass: "", task: "", model: "",
                    isFallback: false, attempts: 0, cost: .zero, milliseconds: 0, effects: effects, outcome: outcome)
            ]
        }
        return job.calls.enumerated().map { index, call in
            DemoReport.Row(
                event: event, handler: job.summary.handlerID, routingClass: call.routingClass.rawValue,
                task: call.task.rawValue, model: call.model ?? "none", isFallback: call.isFallback,
                attempts: call.attempts.count, cost: call.cost, milliseconds: call.milliseconds,
                effects: index == 0 ? effects : "", outcome: outcome)
        }
    }
}

extension Effect {
    /// Tags in full, other effects by their kind.
    fileprivate var brief: String {
        if case .tag(_, let tags) = self { tags.joined(separator: ", ") } else { kind.rawValue }
    }
}
