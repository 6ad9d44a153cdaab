import Foundation
import InboxCore
import Testing

struct ShopTurnsTests {
    private var turns = ShopTurns()
    private var tokens: Int64 = 0

    /// The shop whose turn it is, and that of its jobs charged.
    private mutating func serve(_ ready: [String], took seconds: Double? = nil) -> String? {
        let shop = turns.next { bound in
            ready.sorted().first {
                switch bound {
                case .from(let first): $0 >= first
                case .after(let last): $0 > last
                }
            }
        }
        guard let shop else { return nil }
        tokens += 1
        let lease = Lease(token: tokens, epoch: 1, expiresAt: Sample.start)
        turns.charge(shop, for: "handler-of-\(shop)", under: lease)
        if let seconds { turns.settle(lease, took: seconds) }
        return shop
    }

    @Test mutating func nobodyIsServedWhenNothingIsReady() {
        #expect(serve([]) == nil)
        #expect(serve(["a"]) == "a")
        #expect(serve([]) == nil)
    }

    @Test mutating func shopsTakeTurns() {
        let served = (0..<9).map { _ in serve(["a", "b", "c"], took: 1) ?? "" }
        #expect(served == ["a", "b", "c", "a", "b", "c", "a", "b", "c"])
    }

    @Test mutating func whoIsAloneGetsEverything() {
        for _ in 0..<100 { #expect(serve(["a"], took: 60) == "a") }
        // What it took while nobody else wanted anything does not shut it out for long.
        let served = (0..<70).map { _ in serve(["a", "b"], took: 1) ?? "" }
        #expect(served.contains("a"))
    }

    @Test mutating func aShopWithLongJobsGetsNoMoreTimeThanTheOthers() {
        let lengths = ["long": 30.0, "mid": 3, "short": 0.5]
        var time: [String: Double] = [:]
        for _ in 0..<5000 {
            let shop = turns.next { bound in
                lengths.keys.sorted().first {
                    switch bound {
                    case .from(let first): $0 >= first
                    case .after(let last): $0 > last
                    }
                }
            }
            guard let shop, let seconds = lengths[shop] else { return }
            tokens += 1
            let lease = Lease(token: tokens, epoch: 1, expiresAt: Sample.start)
            turns.charge(shop, for: "same", under: lease)
            turns.settle(lease, took: seconds)
            time[shop, default: 0] += seconds
        }
        let total = time.values.reduce(0, +)
        for (shop, seconds) in time { #expect(abs(seconds / total - 1 / 3) < 0.05, "\(shop): \(seconds) of \(total)") }
    }

    @Test mutating func whatANewShopWaitsForIsBounded() {
        let many = (0..<50).map { "busy-\($0)" }
        for _ in 0..<500 { _ = serve(many, took: 5) }
        var waited = 0
        while serve(many + ["new"], took: 5) != "new", waited < 100 { waited += 1 }
        #expect(waited <= 50)
    }

    @Test mutating func aJobOfWhichNothingIsHeardStaysCharged() {
        let lease = Lease(token: 7, epoch: 1, expiresAt: Sample.start)
        turns.charge("a", for: "h", under: lease)
        let charged = turns.credit(of: "a")
        turns.forget(lease)
        turns.settle(lease, took: 0)
        #expect(turns.credit(of: "a") == charged)
        #expect(charged < turns.credit(of: "b"))
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, -5, 1e300])
    mutating func nonsenseTimesDoNoHarm(seconds: Double) {
        for _ in 0..<10 { _ = serve(["a", "b"], took: seconds) }
        #expect(turns.credit(of: "a").isFinite)
        var served: Set<String> = []
        for _ in 0..<10_000 { if let shop = serve(["a", "b"], took: 1) { served.insert(shop) } }
        #expect(served == ["a", "b"])
    }
}
