import Bellhop
import Foundation
import InboxCore
import TestSupport
import Testing

@testable import InboxSQLite

/// Thousands of random lives of an inbox: deliveries and duplicates, crashes, lost leases and a storage that refuses.
/// The same seed gives the same life.
@Suite(.timeLimit(.minutes(5)))
struct SeededScheduleTests {
    private static let schedules = 2000
    private static let parts = 5
    private static let livesOnTables = 40

    @Test(arguments: 0..<parts)
    func whateverHappensEveryEventEndsInOneState(part: Int) async throws {
        for seed in stride(from: part, to: Self.schedules, by: Self.parts) {
            // Others have work to do as well.
            await Task.yield()
            var schedule = Schedule(Self.memory(seed), seed: seed)
            do {
                for _ in 0..<30 { try schedule.step() }
                try schedule.world.settle()
            } catch {
                Issue.record("seed \(seed): \(error)")
                return
            }
        }
    }

    /// The same lives on tables: what the queries find along their indexes is what the rules of queueing ask for.
    @Test(arguments: 0..<parts) func `the tables go through the same life as the store in memory`(part: Int)
        async throws
    {
        for seed in stride(from: part, to: Self.livesOnTables, by: Self.parts) {
            await Task.yield()
            var memory = Schedule(Self.memory(seed), seed: seed)
            var tables = Schedule(try TableStore(), seed: seed)
            do {
                for _ in 0..<60 {
                    try memory.step()
                    try tables.step()
                    try Self.compare(memory.world.store, tables.world.store)
                }
                try tables.world.settle()
            } catch {
                Issue.record("seed \(seed): \(error)")
                return
            }
        }
    }

    private static func compare(_ memory: MemoryStore<SplitMix64>, _ tables: TableStore) throws {
        let (expected, found) = (memory.allJobs.map(Standing.init), try tables.everyJob().map(Standing.init))
        guard expected == found else { throw Violation("the tables hold \(found) instead of \(expected)") }
        let (due, foundDue) = (memory.nextDue(), try tables.nextDue())
        guard due.map({ Timestamp($0) }) == foundDue.map({ Timestamp($0) }) else {
            throw Violation("the next is due at \(String(describing: foundDue)), not \(String(describing: due))")
        }
    }

    private static func memory(_ seed: Int) -> MemoryStore<SplitMix64> {
        MemoryStore(randomness: SplitMix64(seed: UInt64(seed)))
    }

    @Test func theSameSeedGivesTheSameLife() throws {
        var lives: [[EventSummary]] = []
        for _ in 0..<2 {
            var schedule = Schedule(Self.memory(42), seed: 42)
            for _ in 0..<200 { try schedule.step() }
            lives.append(schedule.world.store.list(EventFilter(limit: 1000)))
        }
        #expect(lives[0] == lives[1])
        #expect(lives[0].count > 10)
    }
}

/// Where a job stands, as far as it can be told from outside.
private struct Standing: Equatable {
    let id: Int64
    let state: JobState.Name
    let counts: JobCounts
    let place: LanePlace

    init(_ job: QueuedJob) {
        id = job.id
        state = job.record.state.name
        counts = job.record.counts
        place = job.place
    }
}

/// One life: what happens next is drawn from a random source.
private struct Schedule<Store: SimulatedStore> {
    var world: World<Store>
    private var random: SplitMix64
    private var delivered = 0

    init(_ store: Store, seed: Int) {
        random = SplitMix64(seed: UInt64(seed))
        world = World(store, workers: 3, thoroughness: 5)
    }

    mutating func step() throws {
        // A storage that refuses changes nothing: whoever asked will ask again.
        if chance(0.05) { return }
        let worker = Int.random(in: world.workers.indices, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<25: try deliver()
        case 25..<30: try deliverAgain()
        case 30..<75: try work(worker)
        case 75..<80: try world.giveBack(worker: worker)
        case 80..<85: try world.beat(worker: worker)
        case 85..<93: world.pass(Double.random(in: 0...100, using: &random))
        case 93..<95: world.pass(400)
        case 95..<98: try world.crash()
        default: try retry()
        }
    }

    mutating func deliver() throws {
        delivered += 1
        let shop = pick(["a.myshopify.com", "b.myshopify.com"])
        let resource = pick([nil, "Order/1", "Order/1", "Order/2"])
        let version = resource == nil || chance(0.2) ? nil : Double(Int.random(in: 0..<5, using: &random))
        let delivery = try Sample.delivery(
            "w\(delivered)", shop: shop, topic: pick(["orders/updated", "orders/paid"]), resource: resource,
            version: version, receivedAt: world.now)
        let coalescing: Duration? = chance(0.5) ? .seconds(30) : nil
        let plans = pick([
            [], [JobPlan("x", priority: Int.random(in: 0...9, using: &random), coalescing: coalescing)],
            [JobPlan("x"), JobPlan("y", coalescing: coalescing)],
        ])
        try world.deliver(delivery, to: plans)
        // The answer may get lost on its way: the sender delivers again.
        if chance(0.2) { try world.deliver(delivery, to: plans) }
    }

    mutating func deliverAgain() throws {
        guard let known = earlier() else { return }
        try world.deliver(known.delivery, to: known.handlers)
    }

    mutating func retry() throws {
        guard let known = earlier() else { return }
        try world.retry(known.delivery.webhookID)
    }

    mutating func work(_ worker: Int) throws {
        guard world.workers[worker] != nil else { return try world.claim(worker: worker) }
        let later = world.now + Double.random(in: 0...700, using: &random)
        let outcome: JobResult.Outcome =
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: .done(effects: [])
            case 4..<6: .retry(at: later, reason: "failed")
            case 6: .wait(until: later, reason: "busy")
            case 7: .held(reason: "odd")
            case 8: .skipped(reason: "stale")
            default: .dead(reason: "no")
            }
        try world.finish(worker: worker, outcome)
    }

    private mutating func earlier() -> (delivery: Delivery, handlers: [JobPlan])? {
        guard delivered > 0 else { return nil }
        return world.deliveries["w\(Int.random(in: 1...delivered, using: &random))"]
    }

    private mutating func chance(_ share: Double) -> Bool {
        Double.random(in: 0..<1, using: &random) < share
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: choices.indices, using: &random)]
    }
}
