import Foundation
import ModelClient

/// Invented requests.
enum Sample {
    static let day = BudgetDay(number: 2026_11_24)
    static let nextDay = BudgetDay(number: 2026_11_25)
    static let always = BudgetDay(number: 0)...BudgetDay(number: 9999_12_31)

    static func reservation(
        day: BudgetDay = day, provider: String = "openrouter", model: String = "small",
        task: TaskType = .classification, labels: [String: String] = [:], worstCase: USD? = USD(nanos: 1000)
    ) -> Reservation {
        Reservation(
            id: UUID(), day: day, at: Date(timeIntervalSince1970: 1_795_500_000.25), provider: provider, model: model,
            task: task, labels: labels, reference: "event-1", worstCase: worstCase)
    }
}
