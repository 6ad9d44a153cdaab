import Foundation
import ModelClient

extension Sample {
    static let day = BudgetDay(number: 2026_11_24)
    static let always = CostQuery(days: BudgetDay(number: 0)...BudgetDay(number: 9999_12_31), groups: [])

    /// An invented request to a model.
    static func reservation(labels: [String: String] = [:], worstCase: Int64 = 1000) -> Reservation {
        Reservation(
            id: UUID(), day: day, at: start, provider: "openrouter", model: "small", task: .reviewSentiment,
            labels: labels, reference: "event-1", worstCase: USD(nanos: worstCase))
    }

    /// A text that needs room of its own on a disk.
    static let longText = String(decoding: (0..<50_000).map { _ in UInt8.random(in: 33...126) }, as: UTF8.self)
}

extension Ledger {
    func settle(_ reservation: Reservation, _ cost: Cost, generation: String? = nil) {
        settle(Settlement(id: reservation.id, cost: cost, generationID: generation))
    }

    /// Everything in one row.
    func total() async throws -> CostRow? {
        try await report(Sample.always).first
    }
}
