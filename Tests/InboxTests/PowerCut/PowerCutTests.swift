import Foundation
import GRDB
import InboxCore
import Testing

@testable import InboxSQLite

/// The power goes at every write, flush and removal in turn. After the restart the inbox keeps what it acknowledged.
@Suite(.timeLimit(.minutes(10)))
struct PowerCutTests {
    /// With `BELLHOP_POWER_CUTS` every kind of loss at each change, with so many seeds; without it one kind at each, in
    /// turns.
    private static let seeds = ProcessInfo.processInfo.environment["BELLHOP_POWER_CUTS"].flatMap { Int($0) } ?? 0

    private func losses(atChange change: Int) -> [(loss: Loss, seed: Int)] {
        let all = Loss.allCases
        guard Self.seeds > 0 else { return [(all[change % all.count], change)] }
        return all.flatMap { loss in (0..<Self.seeds).map { (loss, change * 1000 + $0) } }
    }

    /// Cuts at every change of a run.
    ///
    /// - Returns: how many changes there are.
    private func cutEverywhere(_ run: (Int) -> PowerCutRun) async throws -> Int {
        var change = 1
        while true {
            let cut = try await run(change).run()
            guard cut.power.isOff else { return change - 1 }
            for (loss, seed) in losses(atChange: change) {
                let problems = try await cut.restart(losing: loss, seed: seed)
                #expect(problems == [], "cut at change \(change), losing \(loss.rawValue), seed \(seed)")
            }
            change += 1
        }
    }

    @Test func nothingAcknowledgedIsLostWhereverThePowerGoes() async throws {
        let database = try await PowerCutRun.openedOnce()
        let changes = try await cutEverywhere { PowerCutRun(database: database, change: $0) }
        // The work is long enough to write, flush, fold the log in and remove it.
        #expect(changes > 150)
    }

    @Test func aFirstStartCanBeCutAnywhere() async throws {
        let changes = try await cutEverywhere { change in
            PowerCutRun(database: Data(), change: change, isFirstStart: true)
        }
        #expect(changes > 20)
    }

    /// Without the flush at each commit the same work loses something: so the check can tell.
    @Test func lessThanFullFlushingWouldLoseWhatWasAcknowledged() async throws {
        let database = try await PowerCutRun.openedOnce()
        var lost = 0
        for change in stride(from: 5, to: 100, by: 10) {
            let run = PowerCutRun(database: database, change: change, pragma: "PRAGMA synchronous = NORMAL")
            let problems = try await run.run().restart(losing: .everything, seed: change)
            if problems.contains(where: { $0.contains("is lost") }) { lost += 1 }
        }
        #expect(lost > 0)
    }
}
