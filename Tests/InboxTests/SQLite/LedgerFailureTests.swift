import Foundation
import InboxCore
import ModelClient
import ServiceTestSupport
import Synchronization
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(5)))
struct LedgerFailureTests {
    private static let waiting = "settlements wait for the storage"
    private static let mended = "settlements are recorded again"
    private static let lost = "settlements are lost"

    /// Returns when all that was handed in before has been tried.
    private func catchUp(_ inbox: SQLiteInbox) async throws {
        _ = try await inbox.claim(0)
    }

    private func held(_ inbox: SQLiteInbox) async throws -> Int64? {
        try await inbox.ledger.total()?.held.nanos
    }

    @Test func `a storage that fails refuses reservations and puts settlements off`() async throws {
        try await withTemporaryFolder { folder in
            let disk = Disk()
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(disk.setup(folder), logger: log.logger)
            let first = Sample.reservation(worstCase: 1)
            let second = Sample.reservation(worstCase: 20)
            for reservation in [first, second] { try await inbox.ledger.reserve(reservation) }
            try await disk.fill(inbox)

            for _ in 1...2 {
                let error = await #expect(throws: InboxError.self) {
                    try await inbox.ledger.reserve(Sample.reservation(labels: ["shop": Sample.longText]))
                }
                #expect(error?.code == .storage)
            }
            inbox.ledger.settle(first, .unknown, generation: Sample.longText)
            try await log.wait(for: Self.waiting)
            // These would find room, but they keep their place behind the first.
            inbox.ledger.settle(first, .billed(USD(nanos: 5)))
            inbox.ledger.settle(second, .billed(USD(nanos: 6)))
            for _ in 1...3 { try await catchUp(inbox) }
            #expect(try await held(inbox) == 21)
            #expect(log.count(Self.waiting) == 1)

            disk.makeRoom()
            try await catchUp(inbox)
            #expect(try await inbox.ledger.total() == CostRow(keys: [], requests: 2, cost: USD(nanos: 11)))
            #expect(log.count(Self.mended) == 1)
            #expect(log.count(Self.lost) == 0)
            #expect(inbox.writer.queue.withLock { $0.posted } == 0)
            await inbox.close()
        }
    }

    @Test func `nobody who waits is refused because of a settlement that was put off`() async throws {
        try await withTemporaryFolder { folder in
            let disk = Disk()
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(disk.setup(folder), logger: log.logger)
            let reservation = Sample.reservation()
            try await inbox.ledger.reserve(reservation)
            _ = try await inbox.store(Sample.delivery("w1"))
            try await disk.fill(inbox)
            inbox.ledger.settle(reservation, .unknown, generation: Sample.longText)
            try await log.wait(for: Self.waiting)

            let claim = try await inbox.claimOne()
            #expect(try await inbox.finish(claim, with: Sample.result(.held(reason: "asked"))))
            await inbox.close()
        }
    }

    @Test func `a run does not end before what it was answered is written`() async throws {
        try await withTemporaryFolder { folder in
            let disk = Disk()
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(disk.setup(folder), logger: log.logger)
            for id in ["w1", "w2"] { _ = try await inbox.store(Sample.delivery(id)) }
            let claims = try await inbox.claim()
            let reservation = Sample.reservation()
            try await inbox.ledger.reserve(reservation)
            try await disk.fill(inbox)
            inbox.ledger.settle(
                Settlement(
                    id: reservation.id, cost: .billed(USD(nanos: 5)), generationID: Sample.longText, isAccepted: true,
                    note: try JournalNote(Sample.step(), of: claims[0]).encoded()))
            try await log.wait(for: Self.waiting)

            let ending = Sample.result(.retry(at: Sample.time(9), reason: "no"))
            let unsettled: [@Sendable () async throws -> Void] = [
                { _ = try await inbox.finish(claims[0], with: ending) }, { try await inbox.giveBack(claims[0]) },
                // Long after the lease is over.
                { _ = try await inbox.claim(at: 10_000) },
            ]
            for end in unsettled {
                let error = await #expect(throws: InboxError.self) { try await end() }
                #expect(error?.code == .storage)
            }
            // It keeps its lease meanwhile, and another job comes to its end.
            #expect(try await inbox.extend(claims[0], until: Sample.time(100)))
            #expect(try await inbox.finish(claims[1], with: ending))

            disk.makeRoom()
            #expect(try await inbox.finish(claims[0], with: ending))
            #expect(try await inbox.claim(at: 10).map(\.steps) == [[Sample.step()], []])
            #expect(try await inbox.ledger.total()?.cost == USD(nanos: 5))
            await inbox.close()
        }
    }

    @Test(arguments: [true, false])
    func `closing tries once more what was put off`(isMended: Bool) async throws {
        try await withTemporaryFolder { folder in
            let disk = Disk()
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(disk.setup(folder), logger: log.logger)
            let reservation = Sample.reservation()
            try await inbox.ledger.reserve(reservation)
            try await disk.fill(inbox)
            inbox.ledger.settle(reservation, .billed(USD(nanos: 5)), generation: Sample.longText)
            try await log.wait(for: Self.waiting)
            if isMended { disk.makeRoom() }
            await inbox.close()
            #expect(log.count(Self.lost) == (isMended ? 0 : 1))

            disk.makeRoom()
            let again = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            #expect(try await held(again) == (isMended ? 0 : 1000))
            await again.close()
        }
    }

    @Test func `more settlements than may wait are lost, and their reservations stay charged`() async throws {
        try await withTemporaryFolder { folder in
            let log = RecordingLog()
            let options = SQLiteInbox.Options(queuedSettlements: 3)
            let inbox = try await SQLiteInbox.open(folder: folder, options: options, logger: log.logger)
            let reservations = (0..<5).map { _ in Sample.reservation() }
            for reservation in reservations { try await inbox.ledger.reserve(reservation) }
            try await inbox.whileWriterStands {
                for reservation in reservations { inbox.ledger.settle(reservation, .none) }
            }
            try await catchUp(inbox)
            #expect(try await held(inbox) == 2000)
            #expect(log.count(Self.lost) == 1)

            for reservation in reservations.suffix(2) { inbox.ledger.settle(reservation, .none) }
            try await catchUp(inbox)
            #expect(try await held(inbox) == 0)
            await inbox.close()
        }
    }

    @Test func `a settlement that cannot be recorded stops no other`() async throws {
        try await withTemporaryFolder { folder in
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(folder: folder, logger: log.logger)
            let reservations = (0..<5).map { _ in Sample.reservation() }
            for reservation in reservations { try await inbox.ledger.reserve(reservation) }
            _ = try await inbox.writer.submit(
                SQLCommand(
                    sql: """
                        CREATE TEMP TRIGGER no BEFORE UPDATE ON ledger WHEN NEW.generation = 'bad'
                        BEGIN SELECT raise(ABORT, 'no'); END
                        """))
            let reserving = try await inbox.whileWriterStands {
                for (number, reservation) in reservations.enumerated() {
                    inbox.ledger.settle(reservation, .none, generation: number == 2 ? "bad" : "good")
                }
                let reserving = Task { try await inbox.ledger.reserve(Sample.reservation(worstCase: 30)) }
                try await inbox.waitUntilQueued(6)
                return reserving
            }
            try await reserving.value
            #expect(try await held(inbox) == 1030)
            #expect(log.count(Self.lost) == 1)
            #expect(inbox.writer.queue.withLock { $0.posted } == 0)
            await inbox.close()
        }
    }

    @Test func `once closed everything is refused and settlements are lost`() async throws {
        try await withTemporaryFolder { folder in
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(folder: folder, logger: log.logger)
            let reservation = Sample.reservation()
            try await inbox.ledger.reserve(reservation)
            let ledger = inbox.ledger
            await inbox.close()

            let uses: [@Sendable () async throws -> Void] = [
                { try await ledger.reserve(Sample.reservation()) },
                { _ = try await ledger.charges(on: Sample.day) },
                { _ = try await ledger.unknownCosts(limit: 1) },
                { _ = try await ledger.report(Sample.always) },
            ]
            for use in uses {
                let error = await #expect(throws: InboxError.self) { try await use() }
                #expect(error?.code == .closed)
            }
            for _ in 1...3 { ledger.settle(reservation, .none) }
            #expect(log.count(Self.lost) == 1)
        }
    }

    @Test func `an error quotes nothing of the request`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await inbox.writer.submit(SQLCommand(sql: "DROP TABLE ledger"))
            let error = await #expect(throws: InboxError.self) {
                try await inbox.ledger.reserve(Sample.reservation(labels: ["shop": "secret.example.com"]))
            }
            #expect(error?.code == .damaged)
            #expect(String(reflecting: error).contains("secret") == false)
            await inbox.close()
        }
    }
}
