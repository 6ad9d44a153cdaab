import Foundation
import GRDB
import InboxCore
import ModelClient
import ServiceTestSupport
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(5)))
struct LedgerDurabilityTests {
    private func open(_ folder: URL) async throws -> SQLiteInbox {
        try await SQLiteInbox.open(folder: folder, logger: .quiet)
    }

    /// What somebody else finds in the file.
    private func states(in folder: URL) throws -> [UUID: String] {
        var configuration = Configuration()
        configuration.readonly = true
        let other = try DatabaseQueue(
            path: folder.appending(path: "bellhop.sqlite").path, configuration: configuration)
        defer { try? other.close() }
        let rows = try other.read { try Row.fetchAll($0, sql: "SELECT id, state FROM ledger") }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["id"], $0["state"]) })
    }

    @Test func `a reservation is committed when it returns, and not before`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            let reservation = Sample.reservation()
            let reserving = try await inbox.whileWriterStands {
                let reserving = Task { try await inbox.ledger.reserve(reservation) }
                try await inbox.waitUntilQueued(1)
                #expect(try states(in: folder).isEmpty)
                return reserving
            }
            try await reserving.value
            #expect(try states(in: folder) == [reservation.id: "reserved"])
            await inbox.close()
        }
    }

    @Test func `settling does not wait for the writer`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            let reservation = Sample.reservation()
            try await inbox.ledger.reserve(reservation)
            let states = try await inbox.whileWriterStands {
                inbox.ledger.settle(reservation, .billed(USD(nanos: 5)))
                return try self.states(in: folder)
            }
            #expect(states == [reservation.id: "reserved"])
            await inbox.close()
            #expect(try self.states(in: folder) == [reservation.id: "billed"])
        }
    }

    @Test func `a thousand reservations at once share a few commits`() async throws {
        try await withTemporaryFolder { folder in
            let log = RecordingLog()
            let inbox = try await SQLiteInbox.open(folder: folder, logger: log.logger)
            let before = log.count("batch committed")
            let reserving = try await inbox.whileWriterStands {
                let reserving = (0..<1000).map { _ in
                    Task { try await inbox.ledger.reserve(Sample.reservation()) }
                }
                try await inbox.waitUntilQueued(1000)
                return reserving
            }
            for task in reserving { try await task.value }
            // One is the gate's.
            #expect(log.count("batch committed") - before == 1 + 4)
            #expect(try await inbox.ledger.total()?.unknown == 1000)
            await inbox.close()
        }
    }

    @Test func `what an earlier epoch left reserved is of unknown cost`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await open(folder)
            let lost = Sample.reservation(worstCase: 700)
            let asked = Sample.reservation(worstCase: 80)
            let paid = Sample.reservation()
            for reservation in [lost, asked, paid] { try await first.ledger.reserve(reservation) }
            first.ledger.settle(asked, .unknown, generation: "gen-1")
            first.ledger.settle(paid, .billed(USD(nanos: 3)))
            await first.close()

            let second = try await open(folder)
            let fresh = Sample.reservation(worstCase: 0)
            try await second.ledger.reserve(fresh)
            #expect(
                try states(in: folder)
                    == [lost.id: "unknown", asked.id: "unknown", paid.id: "billed", fresh.id: "reserved"])
            #expect(try await second.ledger.charges(on: Sample.day).map(\.amount) == [USD(nanos: 783)])
            #expect(try await second.ledger.unknownCosts(limit: 9).map(\.reservation) == [asked])

            second.ledger.settle(lost, .none)
            second.ledger.settle(asked, .billed(USD(nanos: 9)))
            await second.close()
            #expect(
                try states(in: folder)
                    == [lost.id: "none", asked.id: "billed", paid.id: "billed", fresh.id: "reserved"])
        }
    }

    @Test func `an epoch begins for jobs and ledger together or not at all`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await open(folder)
            try await first.ledger.reserve(Sample.reservation())
            _ = try await first.writer.submit(
                SQLCommand(
                    sql: "CREATE TRIGGER no BEFORE UPDATE ON ledger BEGIN SELECT raise(ABORT, 'no'); END"))
            await first.close()
            await #expect(throws: InboxError.self) { try await open(folder) }

            let database = try DatabaseQueue(path: folder.appending(path: "bellhop.sqlite").path)
            try await database.write { try $0.execute(sql: "DROP TRIGGER no") }
            #expect(try await database.read { try Epoch.current($0) } == 1)
            try database.close()
            await (try open(folder)).close()
            #expect(try states(in: folder).values.map { $0 } == ["unknown"])
        }
    }

    @Test func `closing records all settlements handed in, in their order`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await open(folder)
            let reservations = (0..<600).map { _ in Sample.reservation() }
            for reservation in reservations { try await inbox.ledger.reserve(reservation) }
            for reservation in reservations {
                inbox.ledger.settle(reservation, .unknown)
                inbox.ledger.settle(reservation, .billed(USD(nanos: 2)))
                inbox.ledger.settle(reservation, .billed(USD(nanos: 99)))
            }
            await inbox.close()
            let again = try await open(folder)
            #expect(try await again.ledger.total() == CostRow(keys: [], requests: 600, cost: USD(nanos: 1200)))
            await again.close()
        }
    }
}
