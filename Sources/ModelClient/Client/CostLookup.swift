import Foundation
import HTTPCore
import Vocabulary

/// Asks providers for the costs that their answers did not tell.
///
/// OpenRouter tells the cost of a generation by its id, some time after the answer (docs "Usage accounting", August
/// 2026). What no provider tells stays unknown: charged with its worst case.
struct CostLookup {
    /// Asked in one go.
    private static let batch = 100
    /// How often one cost is asked for before it is given up.
    private static let tries = 6

    private let client: FallbackClient
    /// How often the provider did not want to tell.
    private var misses: [UUID: Int] = [:]
    /// Costs that were found. The ledger may not have taken them yet.
    private var found: Set<UUID> = []

    init(client: FallbackClient) {
        self.client = client
    }

    /// Asks once for each cost that is not known.
    ///
    /// - Throws: what the ledger throws, or `CancellationError`.
    mutating func run() async throws {
        guard let ledger = client.ledger else { return }
        // Those that were given up are among the oldest: beyond them there may be others.
        let unknown = try await ledger.unknownCosts(limit: Self.batch + misses.count + found.count)
        let ids = Set(unknown.map(\.reservation.id))
        misses = misses.filter { ids.contains($0.key) }
        found = found.intersection(ids)
        var unreachable: Set<String> = []
        for cost in unknown where !found.contains(cost.reservation.id) {
            guard misses[cost.reservation.id, default: 0] < Self.tries,
                !unreachable.contains(cost.reservation.provider)
            else { continue }
            let amount: USD
            do {
                guard let told = try await look(for: cost) else { continue }
                amount = told
            } catch is TransportError {
                // Who cannot be reached is not asked for the others either until the next time.
                unreachable.insert(cost.reservation.provider)
                continue
            }
            found.insert(cost.reservation.id)
            // In this order: a budget that learns from the ledger in between then counts too much, not too little.
            client.core.tell(.corrected(cost.reservation, .billed(amount)))
            ledger.settle(
                Settlement(id: cost.reservation.id, cost: .billed(amount), generationID: cost.generationID))
        }
    }

    /// - Returns: `nil` when the provider does not tell, or not yet.
    /// - Throws: `TransportError` or `CancellationError`.
    private mutating func look(for cost: UnknownCost) async throws -> USD? {
        guard let provider = client.core.configuration.provider(named: cost.reservation.provider),
            provider.dialect == .openRouter,
            let id = cost.generationID.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-", "_"]))
        else {
            misses[cost.reservation.id] = Self.tries
            return nil
        }
        let request = provider.request(
            for: "generation?id=\(id)", limits: .init(total: .seconds(15), responseBytes: 1 << 20))
        let response = try await client.transport.send(request)
        switch response.status {
        // Being busy, like an outage, is no reason to give up.
        case 408, 429: break
        case 400...499: misses[cost.reservation.id, default: 0] += 1
        default: break
        }
        guard response.status == 200, let body = try? JSONValue(parsing: response.body),
            let total = body["data"]?["total_cost"]?.decimal, total >= 0
        else { return nil }
        return USD(dollars: total)
    }
}
