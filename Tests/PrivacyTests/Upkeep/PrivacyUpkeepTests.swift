import Bellhop
import Cryptography
import Foundation
import InboxCore
import InboxSQLite
import Logging
import Privacy
import Testing

@Suite("Upkeep beside the requests", .timeLimit(.minutes(1)))
struct PrivacyUpkeepTests {
    private static let month: TimeInterval = 31 * 86_400

    /// Runs the upkeep until the overview is as wanted.
    private func keep(_ stage: Stage, after age: TimeInterval, until isDone: (PrivacyOverview) async throws -> Bool)
        async throws
    {
        var pace = PrivacyUpkeep.Pace()
        (pace.index, pace.retention) = (.milliseconds(1), .milliseconds(1))
        let upkeep = PrivacyUpkeep(
            store: stage.inbox, rules: { RetentionRules() }, pace: pace,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { Stage.start + age })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await upkeep.run() }
            while try await !isDone(stage.inbox.overview(limit: 1)) { await Task.yield() }
            group.cancelAll()
        }
    }

    @Test func `the index follows the deliveries, those that come later too`() async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            var hasAdded = false
            try await keep(stage, after: 0) { overview in
                guard overview.unindexed == 0 else { return false }
                if hasAdded { return true }
                hasAdded = true
                try await stage.receive("orders/create", Sample.order(2, customer: 7))
                return false
            }
            #expect(try await stage.number("SELECT count(DISTINCT delivery) FROM subjects") == 2)
        }
    }

    @Test(arguments: [0, month])
    func `what is old is deleted by the clock that it is given`(age: TimeInterval) async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work()
            var looks = 0
            try await keep(stage, after: age) { _ in
                looks += 1
                let bodies = try await stage.number("SELECT count(*) FROM bodies")
                return age > 0 ? bodies == 0 : looks == 100
            }
            #expect(try await stage.number("SELECT count(*) FROM bodies") == (age > 0 ? 0 : 1))
        }
    }

    @Test func `what was stored without a key is sealed, and no file holds it any more`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bellhop-upkeep-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try await Stage.reopen(folder) { stage in
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            #expect(try !stage.files(holding: Sample.marker).isEmpty)
        }
        try await Stage.reopen(folder, keys: StorageKeys([try StorageKey(bytes: Data(0..<32))])) { stage in
            try await keep(stage, after: 0) { overview in
                try overview.isSealed && stage.files(holding: Sample.marker).isEmpty
            }
        }
    }
}
