import Foundation
import InboxCore
import Testing

@testable import InboxSQLite

/// The power goes at every write, flush and removal of an erasure in turn. What is left of each event is all of it or
/// nothing, its proof counts what is gone, and after the restart the erasure is finished.
@Suite(.timeLimit(.minutes(10)))
struct ErasurePowerCutTests {
    @Test(arguments: ErasureShift.Kind.allCases)
    func `an erasure is finished wherever the power goes`(kind: ErasureShift.Kind) async throws {
        let changes = try await cut(ErasureShift(kind, orders: 3), every: 1)
        // The erasure is long enough to write, flush, fold the log in and truncate it.
        #expect(changes > 40)
    }

    /// The more there is, the longer is each of the many ways: not every change is tried.
    @Test func `an erasure of several steps goes on with the next`() async throws {
        let orders = EraseNextCommand.mostDeliveries + 2
        let changes = try await cut(ErasureShift(.customer, orders: orders), every: 37)
        #expect(changes > 100)
    }

    /// Cuts at every n-th change of the erasure.
    ///
    /// - Returns: how many changes there are, roughly.
    private func cut(_ shift: ErasureShift, every stride: Int) async throws -> Int {
        var change = stride
        while try await cut(shift, atChange: change) { change += stride }
        return change
    }

    /// - Returns: `false` when the erasure ended before the power went.
    private func cut(_ shift: ErasureShift, atChange change: Int) async throws -> Bool {
        try await withTemporaryFolder { folder in
            let power = try FailingPower()
            let isDone = try await shift.work(in: folder.appending(path: "before"), on: power, cutAtChange: change)
            guard power.isOff else {
                #expect(isDone)
                return false
            }
            let loss = Loss.allCases[change % Loss.allCases.count]
            let left = folder.appending(path: "after")
            try power.restore(into: left, losing: loss, seed: change)
            let problems = try await shift.restart(in: left, wasDone: isDone)
            #expect(problems == [], "cut at change \(change), losing \(loss.rawValue)")
            return true
        }
    }
}
