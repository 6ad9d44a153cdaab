import Bellhop
import Foundation
import InboxCore
import TestSupport
import Testing

/// Every order in which two workers, two events and a crash can meet, and what can become of each run.
@Suite(.timeLimit(.minutes(5)))
struct ExhaustiveSearchTests {
    enum Situation: String, CaseIterable, CustomTestStringConvertible {
        case sameResource, differentResources, coalescing

        var testDescription: String { rawValue }

        func events() throws -> [(Delivery, [JobPlan])] {
            let second = self == .differentResources ? "Order/2" : "Order/1"
            let plans: [JobPlan] =
                switch self {
                case .sameResource, .differentResources: ["x"]
                case .coalescing: [JobPlan("x", coalescing: .seconds(30))]
                }
            return [
                (try Sample.delivery("w1", resource: "Order/1", version: 1), plans),
                (try Sample.delivery("w2", resource: second, version: 2), plans),
            ]
        }
    }

    @Test(arguments: Situation.allCases)
    func nothingIsLostAndNothingRunsTwiceAtOnce(situation: Situation) async throws {
        var search = Search(events: try situation.events())
        try await search.run()
        #expect(search.states > 100)
    }
}

private struct Search {
    private struct Node {
        var world: World<MemoryStore<SplitMix64>>
        /// How often each may still happen.
        var crashes = 1
        var lapses = 1
        var failures = 1
    }

    private enum Step: Hashable {
        case deliver(Int)
        case claim(Int), done(Int), fail(Int), hold(Int), giveBack(Int)
        case crash, lapse
    }

    private let events: [(delivery: Delivery, handlers: [JobPlan])]
    private var seen: Set<String> = []

    /// Distinct states that were met.
    var states: Int { seen.count }

    init(events: [(Delivery, [JobPlan])]) {
        self.events = events
    }

    mutating func run() async throws {
        var open = [
            (node: Node(world: World(MemoryStore(randomness: SplitMix64(seed: 1)), workers: 2)), path: [Step]())
        ]
        while let (node, path) = open.popLast() {
            await Task.yield()
            for step in steps(from: node) {
                var next = node
                do {
                    try take(step, in: &next)
                    guard seen.insert(Self.key(next)).inserted else { continue }
                    // From wherever it stands, everything comes to its end.
                    var end = next.world
                    for event in events { try end.deliver(event.delivery, to: event.handlers) }
                    try end.settle()
                } catch {
                    Issue.record("\(path + [step]): \(error)")
                    return
                }
                open.append((next, path + [step]))
            }
        }
    }

    private func steps(from node: Node) -> [Step] {
        var steps = events.indices.map { Step.deliver($0) }
        for worker in node.world.workers.indices {
            if node.world.workers[worker] == nil {
                steps.append(.claim(worker))
            } else {
                steps += [.done(worker), .giveBack(worker)]
                if node.failures > 0 { steps += [.fail(worker), .hold(worker)] }
            }
        }
        if node.crashes > 0 { steps.append(.crash) }
        if node.lapses > 0 { steps.append(.lapse) }
        return steps
    }

    private func take(_ step: Step, in node: inout Node) throws {
        let later = node.world.now + 50
        switch step {
        case .deliver(let event): try node.world.deliver(events[event].delivery, to: events[event].handlers)
        case .claim(let worker): try node.world.claim(worker: worker)
        case .done(let worker): try node.world.finish(worker: worker, .done(effects: []))
        case .giveBack(let worker): try node.world.giveBack(worker: worker)
        case .fail(let worker):
            node.failures -= 1
            try node.world.finish(worker: worker, .retry(at: later, reason: "failed"))
        case .hold(let worker):
            node.failures -= 1
            try node.world.finish(worker: worker, .held(reason: "odd"))
        case .crash:
            node.crashes -= 1
            try node.world.crash()
        case .lapse:
            node.lapses -= 1
            node.world.pass(61)
        }
    }

    /// All that can make a difference to what happens next.
    private static func key(_ node: Node) -> String {
        let jobs = node.world.store.allJobs.map { job in
            let due = job.record.dueAt.map { "\($0.timeIntervalSince(node.world.now))" } ?? "-"
            let counts = job.record.counts
            return """
                \(job.id)\(job.record.state.name)\(job.place)\(due),\(counts.attempts),\(counts.waits),\(counts.crashes)\
                \(job.coalescesUntil == nil)
                """
        }
        let hands = node.world.workers.map { claim in
            claim.map { "\($0.jobID)\(node.world.books.holds($0))" } ?? "-"
        }
        return "\(jobs)\(hands)\(node.crashes)\(node.lapses)\(node.failures)\(node.world.books.ids.keys.sorted())"
    }
}
