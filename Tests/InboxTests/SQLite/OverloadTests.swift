import Bellhop
import Foundation
import GRDB
import InboxCore
import ServiceTestSupport
import Synchronization
import Testing

@testable import InboxSQLite

/// What is taken in while room runs out, and that all this is said once.
@Suite(.timeLimit(.minutes(5)))
struct OverloadTests {
    private static let options = SQLiteInbox.Options(minFreeDisk: 1000)

    private func refused(_ delivery: Delivery, by inbox: SQLiteInbox) async -> InboxError? {
        await #expect(throws: InboxError.self) {
            try await inbox.accept(delivery, handlers: ["orders"], holdReason: nil)
        }
    }

    @Test func withLittleRoomWorkIsFinishedAndOrdinaryDeliveriesAreRefused() async throws {
        try await withTemporaryFolder { folder in
            let disk = Disk()
            let log = RecordingLog()
            var setup = disk.setup(folder, options: Self.options)
            setup.now = { Sample.start }
            let inbox = try await SQLiteInbox.open(setup, logger: log.logger)
            _ = try await inbox.store(Sample.delivery("w1"))
            // No time passes: after every write the room that it left is looked at, before the next one.
            disk.freeBytes.withLock { $0 = 999 }
            for _ in 0..<2 { _ = try await inbox.claim(0) }
            #expect(inbox.condition.freeBytes == 999)

            for number in 0..<20 {
                #expect(await refused(try Sample.delivery("no\(number)"), by: inbox)?.code == .overloaded)
            }
            for topic in Topic.obliged.sorted(by: { $0.rawValue < $1.rawValue }) {
                _ = try await inbox.store(Sample.delivery("privacy-\(topic)", topic: topic), handlers: [])
            }
            try await inbox.run(.done(effects: Sample.effects), calls: [Sample.call(cost: 1)])
            try await inbox.ledger.reserve(Sample.reservation())
            let condition = inbox.condition
            #expect(condition.state == .refusing)
            #expect(condition.reason?.contains("inbox.min_free_disk") == true)
            #expect(log.count("ordinary deliveries are refused") == 1)

            disk.setFree(249)
            _ = try await inbox.claim(0)
            #expect(await refused(try Sample.delivery("late", topic: "shop/redact"), by: inbox)?.code == .overloaded)
            await inbox.close()
        }
    }

    @Test func roomThatIsBackIsFoundWithoutAnyWrite() async throws {
        try await withTemporaryFolder { folder in
            let disk = Disk()
            disk.freeBytes.withLock { $0 = 1 }
            let inbox = try await SQLiteInbox.open(disk.setup(folder, options: Self.options), logger: .quiet)
            let delivery = try Sample.delivery("w1")
            #expect(await refused(delivery, by: inbox)?.code == .overloaded)
            disk.setFree(5000)
            // Delivered again and again, as a sender does; the time limit is the deadline.
            while (try? await inbox.accept(delivery, handlers: ["orders"], holdReason: nil)) == nil {
                try Task.checkCancellation()
            }
            await inbox.close()
        }
    }

    @Test func aFailingStorageIsSaidOnceAndMendsItself() async throws {
        try await withTemporaryFolder { folder in
            let disk = Disk()
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(disk.setup(folder), logger: log.logger)
            #expect(inbox.condition == StorageCondition(.working))
            try await disk.fill(inbox)
            let large = try Sample.delivery("w1", body: Sample.longText)
            for _ in 0..<5 { #expect(await refused(large, by: inbox)?.code == .storage) }

            let condition = inbox.condition
            #expect(condition.state == .failing)
            #expect(condition.reason?.hasPrefix("the disk is full") == true)
            #expect(condition.since != nil)
            #expect(log.count("nothing can be written") == 1)
            disk.makeRoom()
            _ = try await inbox.store(large)
            #expect(inbox.condition == StorageCondition(.working))
            #expect(log.count("the storage works again") == 1)
            await inbox.close()
        }
    }

    @Test func aDatabaseThatSomebodyElseWritesToIsAFailureThatEnds() async throws {
        try await withTemporaryFolder { folder in
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(folder: folder, logger: log.logger)
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let stranger = try DatabaseQueue(
                path: folder.appending(path: "bellhop.sqlite").path, configuration: configuration)
            try await stranger.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
            #expect(await refused(try Sample.delivery("w1"), by: inbox)?.code == .storage)
            let condition = inbox.condition
            #expect(condition.state == .failing)
            #expect(condition.reason?.contains("another program") == true)
            try await stranger.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            try stranger.close()

            _ = try await inbox.store(Sample.delivery("w1"))
            #expect(log.count("the storage works again") == 1)
            await inbox.close()
        }
    }
}
