import Bellhop
import Foundation
import GRDB
import InboxCore
import ModelClient

@testable import InboxSQLite

/// Opens what a power cut left, and holds it against what was promised.
struct Restart {
    let folder: URL
    let promises: Promises
    private(set) var problems: [String] = []

    init(_ folder: URL, after promises: Promises) {
        self.folder = folder
        self.promises = promises
    }

    /// - Returns: what is not as it was promised; empty when all is well.
    mutating func check() async throws -> [String] {
        let inbox: SQLiteInbox
        do {
            var setup = StoreWriter.Setup(folder: folder, options: .init())
            // No power goes here: there is no need to wait for the disk.
            setup.prepare = { try $0.execute(sql: "PRAGMA synchronous = OFF") }
            inbox = try await SQLiteInbox.open(setup, logger: .quiet)
        } catch {
            return ["the database does not open: \(error)"]
        }
        try await checkDatabase(inbox)
        try await checkDeliveries(inbox)
        try await checkJobs(inbox)
        try await checkLedger(inbox)
        try await checkDuplicates(inbox)
        try await checkWork(inbox)
        await inbox.close()
        return problems
    }

    private mutating func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
        if !condition { problems.append(problem()) }
    }

    private mutating func checkDatabase(_ inbox: SQLiteInbox) async throws {
        let (report, orphans) = try await inbox.readers.read { db in
            (
                try String.fetchAll(db, sql: "PRAGMA integrity_check"),
                try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
            )
        }
        let epoch = try await inbox.readers.read { try Epoch.current($0) }
        expect(epoch > promises.epoch, "the epoch \(epoch) is not a new one")
        expect(report == ["ok"], "the database is damaged: \(report.prefix(3))")
        expect(orphans == 0, "\(orphans) rows refer to nothing")
    }

    private mutating func checkDeliveries(_ inbox: SQLiteInbox) async throws {
        for (webhookID, id) in promises.deliveries {
            let detail = try await inbox.detail(of: id)
            expect(detail?.webhookID == webhookID, "the acknowledged delivery \(webhookID) is lost")
        }
    }

    /// A job that ended has its calls and effects; one that did not is ready, or waits.
    private mutating func checkJobs(_ inbox: SQLiteInbox) async throws {
        var seen: Set<Promises.Job> = []
        for summary in try await inbox.list(EventFilter(limit: 1000)) {
            let job = Promises.Job(summary.deliveryID, summary.handlerID)
            expect(seen.insert(job).inserted, "a job is there twice")
            expect(summary.state != .running, "a job of the last epoch still runs")
            if let promised = promises.ended[job] {
                expect(summary.state == promised, "a recorded end is lost: \(summary.state) instead of \(promised)")
            } else if !promises.ending.contains(job) {
                expect(summary.state == .ready, "a job ended that nobody ended")
            }
        }
        for deliveryID in Set(seen.map(\.deliveryID)) {
            let detail = try await inbox.detail(of: deliveryID)
            expect(detail?.jobs.count == Shift.handlers.count, "a delivery has half of its jobs")
            for job in detail?.jobs ?? [] where job.summary.state == .done {
                expect(job.calls.count == 1 && job.effects.count == Sample.effects.count, "a job is half done")
            }
        }
    }

    private mutating func checkLedger(_ inbox: SQLiteInbox) async throws {
        let total = try await inbox.ledger.total()
        let requests = total?.requests ?? 0
        expect(requests >= promises.reserved.count, "a reservation is lost")
        expect(requests <= promises.reserving.count, "a reservation is there twice")
    }

    /// Shopify delivers again what was not acknowledged; afterwards everything is there once.
    private mutating func checkDuplicates(_ inbox: SQLiteInbox) async throws {
        for (webhookID, delivery) in promises.handedIn {
            let acceptance = try await inbox.accept(delivery, handlers: Shift.handlers, holdReason: nil)
            if let id = promises.deliveries[webhookID] {
                expect(acceptance == .duplicate(of: id), "the acknowledged delivery \(webhookID) is not known")
            }
        }
        let counts = try await inbox.counts()
        expect(counts.deliveries == promises.handedIn.count, "the number of deliveries is wrong")
        let jobs = counts.jobs.values.reduce(0, +)
        expect(jobs == promises.handedIn.count * Shift.handlers.count, "the number of jobs is wrong")
        for state in [JobState.Name.done, .dead] {
            let listed = try await inbox.list(EventFilter(states: [state], limit: 1000)).count
            expect(counts.jobs[state, default: 0] == listed, "the counter of \(state) is wrong")
        }
    }

    /// What is left can be worked off, with every body as it was sent.
    private mutating func checkWork(_ inbox: SQLiteInbox) async throws {
        for claim in try await inbox.claim(limit: 1000, now: Sample.time(1000), leaseFor: .seconds(60)) {
            let sent = promises.handedIn[claim.delivery.webhookID]
            expect(claim.delivery.body == sent?.body, "a body is damaged")
            let result = Sample.result(.done(effects: []))
            expect(try await inbox.finish(claim, with: result), "a job cannot be finished")
        }
        expect(try await inbox.counts().pending == 0, "work is left that cannot be done")
    }
}
