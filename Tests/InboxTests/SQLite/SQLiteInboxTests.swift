import Bellhop
import Foundation
import GRDB
import InboxCore
import Logging
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(5)))
struct SQLiteInboxTests {
    private func open(_ folder: URL) async throws -> SQLiteInbox {
        try await SQLiteInbox.open(folder: folder, logger: .quiet)
    }

    @Test func dataSurvivesReopening() async throws {
        try await withTemporaryFolder { folder in
            let first = try await open(folder)
            let delivery = try Sample.delivery("w1", eventID: "e1")
            let id = try await first.store(delivery, handlers: ["a"])
            let done = try await first.store(Sample.delivery("w2"), handlers: ["b"])
            _ = try await first.claimOne()
            try await first.run(.done(effects: Sample.effects), calls: [Sample.call(cost: 9)])
            await first.close()

            let second = try await open(folder)
            #expect(try await second.accept(delivery, handlers: [], holdReason: nil) == .duplicate(of: id))
            #expect(try await second.job(of: done).calls == [Sample.call(cost: 9)])
            #expect(try await second.job(of: done).effects.map(\.effect) == Sample.effects)
            #expect(
                try await second.counts()
                    == InboxCounts(jobs: [.ready: 1, .done: 1], deliveries: 2, duplicates: 1))
            await second.close()
        }
    }

    @Test func whatAnEarlierEpochClaimedIsReadyAtOnce() async throws {
        try await withTemporaryFolder { folder in
            let first = try await open(folder)
            _ = try await first.store(Sample.delivery("w1"))
            try await first.run(.retry(at: Sample.time(3), reason: "timeout"))
            let lost = try await first.claimOne(at: 5, leaseFor: .seconds(3600))
            await first.close()

            let second = try await open(folder)
            #expect(try await second.finish(lost, with: Sample.result(.done(effects: []))) == false)
            let claim = try await second.claimOne(at: 6)
            #expect(claim.lease.epoch == lost.lease.epoch + 1)
            #expect(claim.attempt == lost.attempt)
            #expect(claim.crashes == 1)
            #expect(try await second.finish(lost, with: Sample.result(.done(effects: []))) == false)
            await second.close()
        }
    }

    @Test func aProcessThatDiesFourTimesEndsTheJobAndItsLaneGoesOn() async throws {
        try await withTemporaryFolder { folder in
            for number in 1...4 {
                let inbox = try await open(folder)
                if number == 1 {
                    for id in ["w1", "w2"] { _ = try await inbox.store(Sample.delivery(id, resource: "Order/1")) }
                }
                let claim = try await inbox.claimOne()
                #expect(claim.crashes == number - 1)
                await inbox.close()
            }
            let last = try await open(folder)
            #expect(try await last.list(EventFilter()).map(\.state) == [.ready, .dead])
            #expect(try await last.counts().jobs == [.ready: 1, .dead: 1])
            #expect(try await last.claim().map(\.delivery.webhookID) == ["w2"])
            await last.close()
        }
    }

    @Test func staleVersionsAndLanesAreKnownAfterReopening() async throws {
        try await withTemporaryFolder { folder in
            let first = try await open(folder)
            for (id, version) in [("w1", 20), ("w2", 30)] as [(String, Double)] {
                _ = try await first.store(Sample.delivery(id, resource: "Order/1", version: version))
            }
            await first.close()

            let second = try await open(folder)
            _ = try await second.store(Sample.delivery("w3", resource: "Order/1", version: 25))
            var stale: [String: Bool] = [:]
            while let claim = try await second.claim(1).first {
                stale[claim.delivery.webhookID] = claim.isStale
                #expect(claim.delivery.resource == "Order/1")
                #expect(try await second.finish(claim, with: Sample.result(.done(effects: []))))
            }
            #expect(stale == ["w1": true, "w2": false, "w3": true])
            await second.close()
        }
    }

    @Test func theFolderIsForOneAtATime() async throws {
        try await withTemporaryFolder { folder in
            let first = try await open(folder)
            let error = await #expect(throws: InboxError.self) { try await open(folder) }
            #expect(error?.code == .locked)
            #expect(error?.message.contains(folder.path) == true)

            _ = try await first.store(Sample.delivery("w1"))
            await first.close()
            let second = try await open(folder)
            #expect(try await second.claim().count == 1)
            await second.close()
        }
    }

    @Test func nobodyElseMayLookIntoTheFolder() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            _ = try await inbox.store(Sample.delivery("w1"))
            func permissions(_ path: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            #expect(try permissions(folder.path) == 0o700)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(files.contains("bellhop.sqlite") && files.contains("bellhop.sqlite-wal"))
            for file in files {
                #expect(try permissions(folder.appending(path: file).path) == 0o600, "\(file)")
            }
            await inbox.close()
        }
    }

    @Test func saysWhyAFolderCannotBeUsed() async throws {
        try await withTemporaryFolder { folder in
            try Data("a file".utf8).write(to: folder)
            let error = await #expect(throws: InboxError.self) { try await open(folder) }
            #expect(error?.code == .storage)
        }
    }

    @Test func refusesAFileThatIsNoDatabase() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appending(path: "bellhop.sqlite")
            let content = Data(repeating: 0x41, count: 8192)
            try content.write(to: file)
            let error = await #expect(throws: InboxError.self) { try await open(folder) }
            #expect(error?.code == .storage)
            #expect(try Data(contentsOf: file) == content)
        }
    }

    @Test func onceClosedEverythingIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            let id = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            await inbox.close()
            await inbox.close()

            let uses: [@Sendable () async throws -> Void] = [
                { _ = try await inbox.accept(claim.delivery, handlers: [], holdReason: nil) },
                { _ = try await inbox.claim() },
                { try await inbox.giveBack(claim) },
                { _ = try await inbox.retry(id, handlers: []) },
                { _ = try await inbox.nextDue() },
                { _ = try await inbox.counts() },
                { _ = try await inbox.list(EventFilter()) },
                { _ = try await inbox.detail(of: id) },
            ]
            for use in uses {
                let error = await #expect(throws: InboxError.self) { try await use() }
                #expect(error?.code == .closed)
            }
            #expect(await inbox.changes.first { true } == nil)
        }
    }

    @Test func closingWritesWhatWasHandedIn() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            let deliveries = try (0..<200).map { try Sample.delivery("w\($0)") }
            let stored = await withTaskGroup(of: Bool.self) { group in
                for delivery in deliveries {
                    group.addTask {
                        do {
                            _ = try await inbox.accept(delivery, handlers: ["a"], holdReason: nil)
                            return true
                        } catch {
                            #expect((error as? InboxError)?.code == .closed)
                            return false
                        }
                    }
                }
                group.addTask {
                    await inbox.close()
                    return false
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            let again = try await open(folder)
            #expect(try await again.counts().deliveries == stored)
            await again.close()
        }
    }

    @Test func closingAdmitsNothingMoreWhileItWaitsForTheWriter() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            let closing = try await inbox.whileWriterStands {
                let closing = Task { await inbox.close() }
                while !inbox.writer.isClosed {
                    try Task.checkCancellation()
                    await Task.yield()
                }
                let error = await #expect(throws: InboxError.self) { try await inbox.store(Sample.delivery("late")) }
                #expect(error?.code == .closed)
                return closing
            }
            await closing.value
        }
    }

    @Test func heldDeliveriesAndDuplicatesWakeNobody() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            _ = try await inbox.store(Sample.delivery("w1"))
            let changes = inbox.changes
            _ = try await inbox.accept(Sample.delivery("w1"), handlers: ["a"], holdReason: nil)
            _ = try await inbox.store(Sample.delivery("w2"), handlers: [])
            _ = try await inbox.store(Sample.delivery("w3"), holdReason: "paused")
            await inbox.close()
            #expect(await changes.reduce(0) { count, _ in count + 1 } == 0)
        }
    }

    @Test func idsAreForgottenAfterThirtyDays() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            let first = try await inbox.store(Sample.delivery("w1"))
            let day = 86_400.0

            // Other deliveries make the old ids go; until the time is over they stay.
            _ = try await inbox.store(Sample.delivery("w2", receivedAt: Sample.time(30 * day)))
            let again = try Sample.delivery("w1")
            #expect(try await inbox.accept(again, handlers: ["a"], holdReason: nil) == .duplicate(of: first))

            _ = try await inbox.store(Sample.delivery("w3", receivedAt: Sample.time(30 * day + 1)))
            let later = try await inbox.store(Sample.delivery("w1", receivedAt: Sample.time(30 * day + 2)))
            #expect(later != first)
            await inbox.close()
        }
    }
}
