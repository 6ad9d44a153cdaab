import Bellhop
import Foundation
import InboxCore
import InboxSQLite
import Privacy
import Testing

@Suite("A shop that removes the app", .timeLimit(.minutes(5)))
struct UninstallTests {
    private func reason(_ id: String, _ stage: Stage) async throws -> String? {
        try await stage.inbox.detail(of: id)?.jobs.first?.summary.reason
    }

    @Test func `what waits for it is held, and another shop's work goes on`() async throws {
        try await Stage.open { stage in
            let other = try #require(Shop(domain: "other.myshopify.com"))
            let waiting = try await stage.receive("orders/create", Sample.order(1, customer: 7))
            let others = try await stage.receive("orders/create", Sample.order(1, customer: 7), shop: other)
            try await stage.work { _ in Stage.result(.wait(until: Stage.start + 500, reason: "provider")) }
            try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 10)
            try await stage.work()
            #expect(try await stage.state(of: waiting) == .held)
            #expect(try await reason(waiting, stage) == "the app was uninstalled")
            #expect(try await stage.state(of: others) == .waiting)
        }
    }

    @Test func `what is late is held, what is new shows that it is back`() async throws {
        try await Stage.open { stage in
            try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 10)
            try await stage.work()
            let late = try await stage.receive("orders/create", Sample.order(1, customer: 7), triggeredAt: 9)
            #expect(try await stage.state(of: late) == .held)
            let redact = try await stage.receive("customers/redact", Sample.redact(customer: 1), triggeredAt: 11)
            #expect(try await stage.state(of: redact) == .ready)
            #expect(try await stage.number("SELECT count(*) FROM absent_shops") == 1)
            let new = try await stage.receive("orders/create", Sample.order(2, customer: 7), triggeredAt: 12)
            #expect(try await stage.state(of: new) == .ready)
            #expect(try await stage.number("SELECT count(*) FROM absent_shops") == 0)
            #expect(try await stage.inbox.retry(late, handlers: []) == 1)
        }
    }

    @Test func `news that comes after the shop is back changes nothing`() async throws {
        try await Stage.open { stage in
            try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 10)
            let new = try await stage.receive("orders/create", Sample.order(2, customer: 7), triggeredAt: 12)
            let claims = try await stage.inbox.claim(limit: 1, now: Stage.start + 20, leaseFor: .seconds(60))
            _ = try await stage.desk.run(try #require(claims.first))
            #expect(try await stage.state(of: new) == .ready)
        }
    }
    @Test func `a moment that has not come decides nothing`() async throws {
        try await Stage.open { stage in
            try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 1e11, receivedAt: 10)
            try await stage.work()
            let late = try await stage.receive("orders/create", Sample.order(1, customer: 7), triggeredAt: 9)
            #expect(try await stage.state(of: late) == .held)
            let new = try await stage.receive("orders/create", Sample.order(2, customer: 7), triggeredAt: 12)
            #expect(try await stage.state(of: new) == .ready)
        }
    }

    @Test func `a late delivery that claims to come from the future does not bring the shop back`() async throws {
        try await Stage.open { stage in
            try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 10, receivedAt: 20)
            try await stage.receive(
                "orders/create", Sample.order(1, customer: 7), triggeredAt: 1e11, receivedAt: 9)
            try await stage.work()
            #expect(try await stage.number("SELECT count(*) FROM absent_shops") == 1)
        }
    }
    @Test(arguments: [
        JobResult.Outcome.wait(until: Stage.start + 60, reason: "provider"),
        .retry(at: Stage.start + 60, reason: "x"),
    ])
    func `a job that ran meanwhile is held instead of run again`(outcome: JobResult.Outcome) async throws {
        try await Stage.open { stage in
            let running = try await stage.receive("orders/create", Sample.order(1, customer: 7))
            let claims = try await stage.inbox.claim(limit: 1, now: Stage.start + 1, leaseFor: .seconds(60))
            let claim = try #require(claims.first)
            try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 10)
            try await stage.work()
            #expect(try await stage.state(of: running) == .running)
            #expect(try await stage.inbox.finish(claim, with: Stage.result(outcome)))
            #expect(try await stage.state(of: running) == .held)
            #expect(try await reason(running, stage) == "the app was uninstalled")
        }
    }

    /// - Parameter comesOff: takes a job off its run, whose shop has gone meanwhile.
    private func expectStopped(_ comesOff: @escaping (Stage, Claim) async throws -> Void) async throws {
        try await Stage.open { stage in
            let running = try await stage.receive(
                "orders/create", Sample.order(1, customer: 7), triggeredAt: 1, resource: "Order/1")
            let claims = try await stage.inbox.claim(limit: 1, now: Stage.start + 2, leaseFor: .seconds(60))
            try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 10)
            try await stage.work()
            #expect(try await stage.state(of: running) == .running)
            try await comesOff(stage, try #require(claims.first))
            #expect(try await stage.state(of: running) == .held)
            #expect(try await reason(running, stage) == "the app was uninstalled")
            #expect(try await stage.inbox.claim(limit: 9, now: Stage.start + 500, leaseFor: .seconds(9)).isEmpty)

            // A person may want it all the same.
            #expect(try await stage.inbox.retry(running, handlers: []) == 1)
            #expect(try await stage.state(of: running) == .ready)
        }
    }

    @Test func `a job that is given back is held`() async throws {
        try await expectStopped { stage, claim in try await stage.inbox.giveBack(claim) }
    }

    @Test func `a job whose lease runs out is held`() async throws {
        try await expectStopped { stage, _ in
            let claims = try await stage.inbox.claim(limit: 9, now: Stage.start + 100, leaseFor: .seconds(9))
            #expect(claims.isEmpty)
        }
    }

    @Test func `a job that was under way when the process died is held`() async throws {
        try await Stage.open { stage in
            let running = try await stage.receive("orders/create", Sample.order(1, customer: 7), triggeredAt: 1)
            let news = try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 10)
            let claims = try await stage.inbox.claim(limit: 9, now: Stage.start + 20, leaseFor: .seconds(60))
            #expect(claims.count == 2)
            for claim in claims where claim.deliveryID == news { _ = try await stage.desk.run(claim) }
            await stage.inbox.close()
            try await Stage.reopen(stage.folder) { again in
                let states = (try await again.state(of: running), try await again.state(of: news))
                // Bellhop's own work goes on.
                #expect(states == (.held, .ready))
                #expect(try await reason(running, again) == "the app was uninstalled")
            }
        }
    }
}
