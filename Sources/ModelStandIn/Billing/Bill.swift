import Synchronization
import Vocabulary

/// What a provider would have charged: every request that was answered, and the totals by model.
///
/// The last requests are kept one by one, older ones in the totals only.
package final class Bill: Sendable {
    private let state: Mutex<State>

    /// - Parameter capacity: how many requests are kept one by one; at least 1.
    package init(capacity: Int = 100_000) {
        state = Mutex(State(capacity: max(1, capacity)))
    }

    /// The bill as it stands.
    package var statement: BillStatement {
        state.withLock(\.statement)
    }

    func record(_ request: BilledRequest) {
        state.withLock { $0.record(request) }
    }

    private struct State {
        let capacity: Int
        var count = 0
        /// Used as a ring once it is full.
        var kept: [BillStatement.Entry] = []
        var totals: [String: BillStatement.Total] = [:]

        /// Model ids come from outside: beyond this many they share one total.
        static let mostModels = 1_000

        init(capacity: Int) {
            self.capacity = capacity
        }

        mutating func record(_ request: BilledRequest) {
            let entry = BillStatement.Entry(sequence: count + 1, request)
            if kept.count < capacity {
                kept.append(entry)
            } else {
                kept[count % capacity] = entry
            }
            count += 1
            let name = totals[request.model] != nil || totals.count < Self.mostModels ? request.model : "(other)"
            totals[name, default: BillStatement.Total(model: name)].add(request)
        }

        var statement: BillStatement {
            let oldest = kept.count < capacity ? 0 : count % capacity
            return BillStatement(
                requests: Array(kept[oldest...] + kept[..<oldest]), totals: totals.values.sorted { $0.model < $1.model }
            )
        }
    }
}

/// One answered request, before it has a number on the bill.
struct BilledRequest {
    var id: String
    var model: String
    var task: String?
    var answer: String?
    var status: Int
    var tokens: TokenCount
    var cost: USD?
    var fault: String?
}
