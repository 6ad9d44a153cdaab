/// Whose turn it is: deficit round-robin between shops, in seconds of worker time.
///
/// Shops are served in the order of their names, each while it has credit; when nobody who has something ready is left
/// with any, a round begins and everybody gets the same. A job is charged when it is handed out, with what jobs of its
/// handler took lately, and corrected when it ends: a shop with long jobs falls into debt and misses rounds until it is
/// even. Who is alone gets everything. A plain value; it is forgotten with the process.
package struct ShopTurns: Sendable {
    /// Where to look for the next shop, by name.
    package enum Bound: Sendable, Hashable {
        case from(String)
        case after(String)
    }

    private struct Charge {
        var shop: String
        var handler: String
        var seconds: Double
    }

    /// What a shop gets in a round, in seconds.
    static let quantum = 1.0
    /// No shop is ever further behind, in seconds: one that took more is forgiven the rest.
    static let deepestDebt = 3600.0
    /// What a job is charged at least, so that very short ones take turns too.
    private static let leastCharge = 0.01
    /// How much the last job counts in the estimate for the next.
    private static let weightOfLast = 0.2

    /// Of shops that do not have a full quantum.
    private var credits: [String: Double] = [:]
    private var current = ""
    /// Of what is under way, by the lease's token.
    private var charges: [Int64: Charge] = [:]
    /// What a job takes, by handler.
    private var estimates: [String: Double] = [:]

    package init() {}

    /// Seconds of worker time that the shop may take in this round; below zero when it took more than its share.
    package func credit(of shop: String) -> Double { credits[shop] ?? Self.quantum }

    /// The shop whose turn it is.
    ///
    /// - Parameter ready: the first shop from a bound on that has something ready.
    /// - Returns: `nil` when nobody has.
    package mutating func next<Failure: Error>(
        _ ready: (Bound) throws(Failure) -> String?
    ) throws(Failure) -> String? {
        var exhausted: [String] = []
        var bound = Bound.from(current)
        var hasTurned = false
        while true {
            guard let shop = try ready(bound), !hasTurned || shop < current else {
                if hasTurned { break }
                hasTurned = true
                bound = .from("")
                continue
            }
            if credit(of: shop) > 0 { return serve(shop) }
            exhausted.append(shop)
            bound = .after(shop)
        }
        guard !exhausted.isEmpty else { return nil }
        beginRound(for: exhausted)
        // Whoever was served last is last in the new round.
        let order = exhausted.first == current ? exhausted.dropFirst() + [current] : exhausted[...]
        return order.first { credit(of: $0) > 0 }.map { serve($0) }
    }

    /// Charges a job that is handed out.
    package mutating func charge(_ shop: String, for handler: String, under lease: Lease) {
        let seconds = max(Self.leastCharge, estimates[handler] ?? Self.quantum)
        charges[lease.token] = Charge(shop: shop, handler: handler, seconds: seconds)
        add(-seconds, to: shop)
    }

    /// Corrects the charge of a job that has ended.
    ///
    /// - Parameter seconds: how long a worker was busy with it; nonsense counts as nothing or as an hour.
    package mutating func settle(_ lease: Lease, took seconds: Double) {
        guard let charge = charges.removeValue(forKey: lease.token) else { return }
        let took = seconds.isNaN ? Self.leastCharge : min(max(Self.leastCharge, seconds), Self.deepestDebt)
        add(charge.seconds - took, to: charge.shop)
        let before = estimates[charge.handler] ?? took
        estimates[charge.handler] = before + (took - before) * Self.weightOfLast
    }

    /// Leaves the charge of a job as it is of which nobody will tell how long it took.
    package mutating func forget(_ lease: Lease) {
        charges[lease.token] = nil
    }

    private mutating func serve(_ shop: String) -> String {
        current = shop
        return shop
    }

    private mutating func add(_ seconds: Double, to shop: String) {
        let credit = max(credit(of: shop) + seconds, -Self.deepestDebt)
        credits[shop] = credit < Self.quantum ? credit : nil
    }

    /// Passes as many rounds as it takes until one of the shops has credit. Whoever has nothing ready misses them, but
    /// they count towards its debt.
    private mutating func beginRound(for shops: [String]) {
        let debts = shops.map { -credit(of: $0) }
        let rounds = ((debts.min() ?? 0) / Self.quantum).rounded(.down) + 1
        credits = credits.compactMapValues { credit in
            let credit = credit + rounds * Self.quantum
            return credit < Self.quantum ? credit : nil
        }
    }
}
