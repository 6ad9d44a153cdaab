import Addresses
import Synchronization

/// The bodies that are held now, within the budget of all.
final class HeldBodies: Sendable {
    private let budget: Mutex<BodyBudget>
    private let counters: DoorCounters

    init(limits: DoorLimits, counters: DoorCounters) {
        budget = Mutex(BodyBudget(whole: limits.bytesInFlight, largest: limits.bodyBytes))
        self.counters = counters
    }

    /// Makes room for a body that is about to come: for all of a small one, so that it cannot fail half-way. Of a large
    /// one only what comes counts: who promises much and sends little takes no room from the others.
    ///
    /// - Parameter declared: the content length, when there is one.
    /// - Throws: `.overloaded` or `.tooManyFromAddress`, also when a large one would not fit now.
    func admit(declared: Int?, from caller: Caller) throws(Refusal) -> BodyReservation {
        let declared = declared ?? 0
        var reservation = BodyReservation(in: self, for: caller.sharing)
        guard declared <= BodyBudget.smallBytes else {
            if let limit = budget.withLock({ $0.limit(from: 0, to: declared, for: caller.sharing) }) {
                throw Refusal(limit)
            }
            return reservation
        }
        try reservation.grow(to: declared)
        return reservation
    }

    fileprivate func resize(from old: Int, to new: Int, for caller: IPAddress?) -> BodyBudget.Limit? {
        budget.withLock { budget in
            let limit = budget.resize(from: old, to: new, for: caller)
            counters.hold(budget.held)
            return limit
        }
    }
}

/// Room for one body, given back when this goes.
struct BodyReservation: ~Copyable {
    private let bodies: HeldBodies
    private let caller: IPAddress?
    private var bytes = 0

    fileprivate init(in bodies: HeldBodies, for caller: IPAddress?) {
        self.bodies = bodies
        self.caller = caller
    }

    /// Makes room for so many bytes in all, if there are not so many yet.
    ///
    /// - Throws: `.overloaded` or `.tooManyFromAddress`; what there was stays.
    mutating func grow(to count: Int) throws(Refusal) {
        guard count > bytes else { return }
        if let limit = bodies.resize(from: bytes, to: count, for: caller) { throw Refusal(limit) }
        bytes = count
    }

    deinit {
        _ = bodies.resize(from: bytes, to: 0, for: caller)
    }
}

extension Refusal {
    fileprivate init(_ limit: BodyBudget.Limit) {
        self =
            switch limit {
            case .whole, .large: .overloaded
            case .caller: .tooManyFromAddress
            }
    }
}
