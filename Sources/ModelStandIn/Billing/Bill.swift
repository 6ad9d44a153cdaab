import Synchronization
package import Vocabulary

/// What a provider would have charged: every request that was answered, and the totals by model.
///
/// The last requests are kept one by one, older ones in the totals only.
package final class Bill: Sendable {
    /// Where the bill is written to as well.
    let file: BillFile?
    private let state: Mutex<State>

    /// - Parameters:
    ///   - capacity: how many requests are kept one by one; at least 1.
    ///   - file: gets a line for each request before it is answered.
    package init(capacity: Int = 100_000, file: BillFile? = nil) {
        self.file = file
        state = Mutex(State(capacity: max(1, capacity)))
    }

    /// The bill as it stands.
    package var statement: BillStatement {
        state.withLock(\.statement)
    }

    /// The sum of all known costs.
    package var cost: USD {
        state.withLock { $0.totals.values.map(\.cost).total() }
    }

    /// What was charged for the answer with this id, while it is kept.
    package func entry(id: String) -> BillStatement.Entry? {
        state.withLock { state in state.places[id].map { state.kept[$0] } }
    }

    @discardableResult
    func record(_ request: BilledRequest) -> BillStatement.Entry {
        state.withLock { $0.record(request) }
    }

    private struct State {
        let capacity: Int
        var count = 0
        /// Used as a ring once it is full.
        var kept: [BillStatement.Entry] = []
        /// Where in `kept` the entry with an id is.
        var places: [String: Int] = [:]
        var totals: [String: BillStatement.Total] = [:]

        /// Model ids come from outside: beyond this many they share one total.
        static let mostModels = 1_000

        init(capacity: Int) {
            self.capacity = capacity
        }

        mutating func record(_ request: BilledRequest) -> BillStatement.Entry {
            let entry = BillStatement.Entry(sequence: count + 1, request)
            keep(entry, at: count % capacity)
            count += 1
            let name = totals[request.model] != nil || totals.count < Self.mostModels ? request.model : "(other)"
            totals[name, default: BillStatement.Total(model: name)].add(entry)
            return entry
        }

        private mutating func keep(_ entry: BillStatement.Entry, at place: Int) {
            if place < kept.count {
                places[kept[place].id] = nil
                kept[place] = entry
            } else {
                kept.append(entry)
            }
            places[entry.id] = place
        }

        var statement: BillStatement {
            let oldest = kept.count < capacity ? 0 : count % capacity
            return BillStatement(
                requests: Array(kept[oldest...] + kept[..<oldest]), totals: totals.values.sorted { $0.model < $1.model }
            )
        }
    }
}
