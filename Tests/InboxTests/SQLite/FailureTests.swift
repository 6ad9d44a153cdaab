import Bellhop
import Foundation
import GRDB
import InboxCore
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(5)))
struct FailureTests {
    @Test func oneBadWriteFailsAlone() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let deliveries = try (0..<20).map { try Sample.delivery("w\($0)") }
            let (good, bad) = try await inbox.whileWriterStands {
                let bad = Task {
                    try await inbox.writer.submit(
                        SQLCommand(sql: "INSERT INTO jobs (handler) VALUES ('x') RETURNING 1"))
                }
                let good = deliveries.map { delivery in
                    Task { try await inbox.accept(delivery, handlers: ["a"], holdReason: nil) }
                }
                try await inbox.waitUntilQueued(21)
                return (good, bad)
            }
            let error = await #expect(throws: InboxError.self) { try await bad.value }
            #expect(error?.code == .damaged)
            for task in good { #expect(try await task.value.isStored) }
            #expect(try await inbox.claim(100).count == 20)
            #expect(try await inbox.counts() == InboxCounts(jobs: [.running: 20], deliveries: 20, duplicates: 0))
            await inbox.close()
        }
    }

    @Test func aRefusalLeavesTheRestOfTheBatchAlone() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let delivery = try Sample.delivery("w1")
            let (accepted, refused) = try await inbox.whileWriterStands {
                let refused = Task { try await inbox.retry(UUID().uuidString, handlers: ["a"]) }
                let accepted = Task { try await inbox.accept(delivery, handlers: ["a"], holdReason: nil) }
                try await inbox.waitUntilQueued(2)
                return (accepted, refused)
            }
            let error = await #expect(throws: InboxError.self) { try await refused.value }
            #expect(error?.code == .notFound)
            #expect(try await accepted.value.isStored)
            await inbox.close()
        }
    }

    @Test func aCallerCancelledWhileItWaitsIsStoredAndTold() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let delivery = try Sample.delivery("w1")
            let caller = try await inbox.whileWriterStands {
                let caller = Task { try await inbox.accept(delivery, handlers: ["a"], holdReason: nil) }
                try await inbox.waitUntilQueued(1)
                caller.cancel()
                return caller
            }
            #expect(try await caller.value.isStored)
            #expect(try await inbox.claim().count == 1)
            await inbox.close()
        }
    }

    @Test func moreThanFitsIsRefusedButWorkersAreNot() async throws {
        try await withTemporaryFolder { folder in
            // Each of these small deliveries counts for little more than 1 KiB: three are three fifths of what fits.
            let options = SQLiteInbox.Options(queueBytes: 5000)
            let inbox = try await SQLiteInbox.open(folder: folder, options: options, logger: .quiet)
            _ = try await inbox.store(Sample.delivery("first"))
            let claim = try await inbox.claimOne()
            let (refusals, refused) = AsyncStream.makeStream(of: InboxError.Code?.self)
            let deliveries = try (0..<10).map { try Sample.delivery("w\($0)") }

            let (accepting, finishing) = try await inbox.whileWriterStands {
                let accepting = deliveries.map { delivery in
                    Task {
                        do {
                            return try await inbox.accept(delivery, handlers: ["a"], holdReason: nil).isStored
                        } catch {
                            refused.yield((error as? InboxError)?.code)
                            return false
                        }
                    }
                }
                var iterator = refusals.makeAsyncIterator()
                for _ in 0..<7 { #expect(await iterator.next() == .overloaded) }
                let finishing = Task { try await inbox.finish(claim, with: Sample.result(.done(effects: []))) }
                try await inbox.waitUntilQueued(4)
                return (accepting, finishing)
            }
            var stored = 0
            for task in accepting where await task.value { stored += 1 }
            #expect(stored == 3)
            #expect(try await finishing.value)
            #expect(try await inbox.accept(Sample.delivery("after"), handlers: [], holdReason: nil).isStored)
            #expect(try await inbox.counts().deliveries == 5)
            await inbox.close()
        }
    }

    @Test func aFullDiskIsNotAcknowledgedAndMendsItself() async throws {
        try await withTemporaryFolder { folder in
            let disk = Disk()
            let inbox = try await SQLiteInbox.open(disk.setup(folder), logger: .quiet)
            let first = try await inbox.store(Sample.delivery("first"))
            try await disk.fill(inbox)

            let random = String(decoding: (0..<50_000).map { _ in UInt8.random(in: 33...126) }, as: UTF8.self)
            let deliveries = try (0..<5).map { try Sample.delivery("w\($0)", body: random) }
            // The second round meets a connection that was opened again.
            for _ in 1...2 {
                for delivery in deliveries {
                    let error = await #expect(throws: InboxError.self) {
                        try await inbox.accept(delivery, handlers: ["a"], holdReason: nil)
                    }
                    #expect(error?.code == .storage)
                }
                #expect(try await inbox.counts().deliveries == 1)
            }

            disk.makeRoom()
            for delivery in deliveries {
                #expect(try await inbox.accept(delivery, handlers: ["a"], holdReason: nil).isStored)
            }
            let again = try await inbox.accept(Sample.delivery("first"), handlers: [], holdReason: nil)
            #expect(again == .duplicate(of: first))
            #expect(try await inbox.claim(10).count == 6)
            await inbox.close()
        }
    }

    @Test func aLeaseOutlivesAFailureOfTheStorage() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            _ = try await inbox.writer.submit(SQLCommand(sql: "PRAGMA max_page_count = 1"))
            await #expect(throws: InboxError.self) {
                try await inbox.writer.submit(
                    SQLCommand(sql: "INSERT INTO seen_ids SELECT NULL,'','','','',zeroblob(99999),'',0 RETURNING 1"))
            }
            #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: Sample.effects))))
            await inbox.close()
        }
    }

    @Test func anErrorQuotesNothingOfTheDelivery() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await inbox.writer.submit(SQLCommand(sql: "DROP TABLE bodies"))
            let delivery = try Sample.delivery("w1", shop: "secret.myshopify.com", body: "secret")
            let error = await #expect(throws: InboxError.self) {
                try await inbox.accept(delivery, handlers: ["a"], holdReason: nil)
            }
            #expect(error?.code == .damaged)
            #expect(String(reflecting: error).contains("secret") == false)
            await inbox.close()
        }
    }
}

extension Acceptance {
    var isStored: Bool {
        if case .stored = self { true } else { false }
    }
}
