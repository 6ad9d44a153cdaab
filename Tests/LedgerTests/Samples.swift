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

/// A random number generator that repeats itself for a seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
