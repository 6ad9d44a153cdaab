import Bellhop
import Foundation
import GRDB
import HTTPTransport
import Subprocess
import Testing

/// What failed, as a person finds it and runs it again.
@Suite(.timeLimit(.minutes(10))) struct DeadEventsTests {
    private static let fingerprint = "00f0a1b2c3d4e5f6"

    @Test func `a group is shown before it is run again, and never without a word`() async throws {
        try await Project.withFolder { folder in
            try await Program.serve(data: folder) { server in
                let transport = CurlTransport()
                let sender = try Sender(sample: "samples/inventory_levels", transport: transport)
                for _ in 0..<3 { _ = try #require(await sender.deliver(to: server.webhooks)) }
                await transport.close()
            }
            try makeDead(in: folder)
            try await Program.serve(data: folder) { server in
                let table = try await run(["dead"], server)
                #expect(table.output.contains(Self.fingerprint) && table.output.contains("kelp-and-cotton (3)"))
                let dead = try JSONValue(parsing: try await run(["dead", "--json"], server).json)
                #expect(dead["as_of"] != nil)
                let groups = try #require(dead["groups"])
                #expect(groups[0]?["dead"] == 3)

                let refused = try await run(["retry", "--fingerprint", Self.fingerprint], server)
                #expect(refused.status != .exited(0))
                #expect(refused.output.contains("$0.006000"))
                #expect(refused.errors.contains("add --yes to run 3 events again"))
                let unknown = try await run(["retry", "--fingerprint", "ffffffffffffffff", "--yes"], server)
                #expect(unknown.errors.contains("nothing failed under this fingerprint"))

                let agreed = try await run(["retry", "--fingerprint", Self.fingerprint, "--yes"], server)
                #expect(agreed.status == .exited(0))
                #expect(agreed.output.contains("3 jobs are ready to run"))
                let none = try await run(["dead"], server)
                #expect(!none.output.contains(Self.fingerprint))
            }
        }
    }

    private func run(_ arguments: [String], _ server: Program.Server) async throws -> Program.Outcome {
        try await Program.run(
            ["events"] + arguments + ["--admin", server.admin], environment: ["BELLHOP_ADMIN_TOKEN": Program.token])
    }

    /// Turns the stopped server's held events into dead ones of a handler that is not bound to them: run again they are
    /// held, and nothing is asked of any model.
    private func makeDead(in folder: URL) throws {
        let database = try DatabaseQueue(path: folder.appending(path: "bellhop.sqlite").path)
        try database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO outcomes (job, delivery, handler, priority, state, reason, attempts, waits, crashes, cost,
                      started_at, finished_at, fingerprint)
                    SELECT id, delivery, 'order-created', 5, 'dead', 'it failed', 1, 0, 0, 2000000, 1, 2, ? FROM jobs
                    """, arguments: [Self.fingerprint])
            try db.execute(sql: "DELETE FROM jobs; UPDATE meta SET value = 3 WHERE key = 'dead'")
        }
        try database.close()
    }
}
