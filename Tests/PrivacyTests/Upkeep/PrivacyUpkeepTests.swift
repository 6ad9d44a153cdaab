import Bellhop
import Cryptography
import Foundation
import InboxCore
import InboxSQLite
import Logging
import Privacy
import TestSupport
import Testing

@Suite("Upkeep beside the requests", .timeLimit(.minutes(5)))
struct PrivacyUpkeepTests {
    private static let month: TimeInterval = 31 * 86_400

    /// Runs the upkeep while the body runs.
    ///
    /// - Parameter body: is given an element for each look at what is old: one shows that the look before has ended.
    private func keep(
        _ stage: Stage, after age: TimeInterval = 0, while body: (AsyncStream<Void>) async throws -> Void
    ) async throws {
        let (looks, sink) = AsyncStream.makeStream(of: Void.self)
        var pace = PrivacyUpkeep.Pace()
        (pace.index, pace.retention) = (.milliseconds(20), .milliseconds(20))
        let upkeep = PrivacyUpkeep(
            store: stage.inbox,
            rules: {
                sink.yield()
                return RetentionRules()
            }, pace: pace, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { Stage.start + age })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await upkeep.run() }
            try await body(looks)
            group.cancelAll()
        }
    }

    @Test func `the index follows the deliveries, those that come later too`() async throws {
        try await Stage.open { stage in
            try await keep(stage) { looks in
                var looks = looks.makeAsyncIterator()
                for number in 1...2 {
                    try await stage.receive("orders/create", Sample.order(number, customer: 7))
                    while try await stage.inbox.overview(limit: 1).unindexed > 0 { await looks.next() }
                }
            }
            #expect(try await stage.number("SELECT count(DISTINCT delivery) FROM subjects") == 2)
        }
    }

    @Test(arguments: [0, month])
    func `what is old is deleted by the clock that it is given`(age: TimeInterval) async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work()
            try await keep(stage, after: age) { looks in
                for await _ in looks.prefix(2) {}
            }
            #expect(try await stage.number("SELECT count(*) FROM bodies") == (age > 0 ? 0 : 1))
        }
    }

    @Test func `what was stored without a key is sealed, and no file holds it any more`() async throws {
        try await TemporaryFolder.with { folder in
            try await Stage.reopen(folder) { stage in
                try await stage.receive("orders/create", Sample.order(1, customer: 7))
                #expect(try !stage.files(holding: Sample.marker).isEmpty)
            }
            try await Stage.reopen(folder, keys: StorageKeys([try StorageKey(bytes: Data(0..<32))])) { stage in
                try await keep(stage) { looks in
                    var looks = looks.makeAsyncIterator()
                    while try await !stage.inbox.overview(limit: 1).isSealed { await looks.next() }
                    while try !stage.files(holding: Sample.marker).isEmpty { await looks.next() }
                }
            }
        }
    }
}
