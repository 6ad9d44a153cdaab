import Foundation
import GRDB
import InboxCore
import ModelClient
import Testing
import Vocabulary

@testable import InboxSQLite

/// A step and the cost of its answer are in one commit: both survive or neither.
@Suite(.timeLimit(.minutes(5)))
struct StepCommitTests {
    /// An inbox with a job under way and a request about to be settled.
    private func withJob(
        forbidding sql: String? = nil, _ body: (SQLiteInbox, Claim, Reservation) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await inbox.store(Sample.delivery("w1"))
            let reservation = Sample.reservation(worstCase: 700)
            try await inbox.ledger.reserve(reservation)
            let claim = try await inbox.claimOne()
            if let sql {
                _ = try await inbox.writer.submit(
                    SQLCommand(sql: "CREATE TEMP TRIGGER no BEFORE \(sql) BEGIN SELECT raise(ABORT, 'no'); END"))
            }
            try await body(inbox, claim, reservation)
            await inbox.close()
        }
    }

    private func settle(_ reservation: Reservation, _ claim: Claim, in inbox: SQLiteInbox) async throws {
        inbox.ledger.settle(
            Settlement(
                id: reservation.id, cost: .billed(USD(nanos: 5)), isAccepted: true,
                note: try JournalNote(Sample.step(), of: claim).encoded()))
        _ = try await inbox.claim(0)
    }

    private func steps(_ inbox: SQLiteInbox) async throws -> Int {
        try await inbox.writer.submit(SQLCommand(sql: "SELECT count(*) FROM steps")) ?? 0
    }

    @Test func `cost and step are recorded together`() async throws {
        try await withJob { inbox, claim, reservation in
            try await settle(reservation, claim, in: inbox)
            #expect(try await inbox.ledger.total()?.cost == USD(nanos: 5))
            #expect(try await steps(inbox) == 1)
        }
    }

    @Test func `a step that cannot be stored leaves the cost unsettled`() async throws {
        try await withJob(forbidding: "INSERT ON steps") { inbox, claim, reservation in
            try await settle(reservation, claim, in: inbox)
            #expect(try await inbox.ledger.total()?.held == USD(nanos: 700))
            #expect(try await inbox.ledger.total()?.cost == .zero)
            #expect(try await steps(inbox) == 0)
        }
    }

    @Test func `a cost that cannot be settled leaves no step`() async throws {
        try await withJob(forbidding: "UPDATE ON ledger") { inbox, claim, reservation in
            try await settle(reservation, claim, in: inbox)
            #expect(try await inbox.ledger.total()?.held == USD(nanos: 700))
            #expect(try await steps(inbox) == 0)
        }
    }

    @Test func `a lost lease keeps the cost and drops the step`() async throws {
        try await withJob { inbox, claim, reservation in
            try await inbox.giveBack(claim)
            try await settle(reservation, claim, in: inbox)
            #expect(try await inbox.ledger.total()?.cost == USD(nanos: 5))
            #expect(try await steps(inbox) == 0)
        }
    }

    @Test func `a note of somebody else does no harm`() async throws {
        try await withJob { inbox, _, reservation in
            inbox.ledger.settle(
                Settlement(id: reservation.id, cost: .billed(USD(nanos: 5)), note: Data("[]".utf8)))
            _ = try await inbox.claim(0)
            #expect(try await inbox.ledger.total()?.cost == USD(nanos: 5))
        }
    }

    @Test func `steps outlive the process, and their leases do not`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            _ = try await first.store(Sample.delivery("w1"))
            let reservations = [Sample.reservation(), Sample.reservation()]
            for reservation in reservations { try await first.ledger.reserve(reservation) }
            let claim = try await first.claimOne()
            try await settle(reservations[0], claim, in: first)
            await first.close()

            let second = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let again = try await second.claimOne(at: 2)
            #expect(again.steps == [Sample.step()])
            var late = claim
            late.lease = Lease(token: again.lease.token, epoch: claim.lease.epoch, expiresAt: again.lease.expiresAt)
            second.ledger.settle(
                Settlement(
                    id: reservations[1].id, cost: .billed(USD(nanos: 1)),
                    note: try JournalNote(Sample.step("late"), of: late).encoded()))
            try await second.giveBack(again)
            #expect(try await second.claimOne(at: 3).steps == [Sample.step()])
            await second.close()
        }
    }

    @Test func `a damaged answer is put before a person, not paid for again`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let id = try await inbox.store(Sample.delivery("w1"))
            let reservation = Sample.reservation()
            try await inbox.ledger.reserve(reservation)
            let claim = try await inbox.claimOne()
            try await settle(reservation, claim, in: inbox)
            try await inbox.giveBack(claim)
            _ = try await inbox.writer.submit(SQLCommand(sql: "UPDATE steps SET answer = x'7b' RETURNING 1"))
            #expect(try await inbox.claim(at: 2).isEmpty)
            #expect(try await inbox.job(of: id).summary.state == .held)
            let error = await #expect(throws: InboxError.self) {
                try await inbox.rehearsalClaims(of: id, handlers: ["orders"])
            }
            #expect(error?.code == .conflict)
            await inbox.close()
        }
    }

    @Test func `what is gone from storage cannot be rehearsed`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let id = try await inbox.store(Sample.delivery("w1"))
            _ = try await inbox.writer.submit(SQLCommand(sql: "DELETE FROM bodies RETURNING 1"))
            let error = await #expect(throws: InboxError.self) {
                try await inbox.rehearsalClaims(of: id, handlers: ["orders"])
            }
            #expect(error?.code == .conflict)
            await inbox.close()
        }
    }

    @Test func `steps are found by their job`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let plan = try await inbox.readers.read { db in
                try Row.fetchAll(
                    db.makeStatement(sql: "EXPLAIN QUERY PLAN " + Steps.select.replacing("?", with: "1"))
                ).map { $0["detail"] as String }
            }
            #expect(plan.contains { $0.contains("SEARCH steps USING INDEX") && $0.contains("job=?") }, "\(plan)")
            await inbox.close()
        }
    }

    @Test func `a database of the second version gets a journal, and its calls are kept`() async throws {
        try await withTemporaryFolder { folder in
            try makeSecondVersion(in: folder)
            let newer = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            #expect(try await steps(newer) == 0)
            let calls = try await newer.readers.read { try Calls(db: $0).ofJob(7) }
            #expect(calls.map(\.journal) == [nil])
            await newer.close()
        }
    }

    /// Writes a database as the second version left it: a call of a job.
    private func makeSecondVersion(in folder: URL) throws {
        let data = try DataFolder(opening: folder)
        let database = try DatabaseQueue(path: data.database.path)
        try Schema(versions: [.one, .two]).migrate(database, in: data)
        try database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO calls VALUES
                      (1, 7, 'Mood', 'high_volume', 'x', NULL, 0, '[]', 0, 0, 0, 0, NULL, 0, 0)
                    """)
        }
        try database.close()
    }
}
