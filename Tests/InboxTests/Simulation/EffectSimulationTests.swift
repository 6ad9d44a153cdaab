import InboxCore
import TestSupport
import Testing

/// Random lives of effects: they are planned, sent, answered or not, and whoever sends them dies between any two steps.
/// The same seed gives the same life.
@Suite(.timeLimit(.minutes(5)))
struct EffectSimulationTests {
    @Test(arguments: InboxKind.allCases)
    func `nothing is sent twice to a receiver that bears no repetition`(kind: InboxKind) async throws {
        for seed in 0..<(kind == .memory ? 300 : 8) {
            try await kind.withInbox { inbox in
                var life = EffectLife(inbox, seed: UInt64(seed))
                do {
                    for _ in 0..<60 { try await life.step() }
                    try await life.settle()
                } catch let violation as Violation {
                    Issue.record("seed \(seed): \(violation)")
                }
            }
        }
    }
}
