import Foundation
import GRDB
import HTTPTransport
import ModelStandIn
import Subprocess
import Testing

/// Promise 7: stopping finishes or returns what is in hand, without using up an attempt.
@Suite(.timeLimit(.minutes(10))) struct StoppingTests {
    @Test func `an event whose model does not answer comes out of a stop as if nothing had been tried`() async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                let config = try standIn.configuration(in: folder)
                standIn.controls.faults.replace(with: ["cheap", "dear"].map { FaultRule(model: $0, fault: .hang) })
                let outcome = try await Program.serve(data: folder, config: config) { server in
                    try await withTransport { transport in
                        let sender = try Sender(sample: "samples/orders/create/gift.wire.json", transport: transport)
                        _ = try #require(await sender.deliver(to: server.webhooks))
                    }
                    try await standIn.arrived(1, for: "cheap")
                }
                #expect(outcome.status == .exited(0))
                let job = try Job.only(in: folder)
                // Given back, or put off because its time with the models was over before: neither counts.
                #expect(["ready", "waiting"].contains(job?.state))
                #expect(job?.attempts == 0)
                #expect(job?.crashes == 0)
            }
        }
    }
}

/// A job in the database of a stopped server, read without any of Bellhop's code.
private struct Job {
    var state: String
    var attempts: Int
    var crashes: Int

    static func only(in folder: URL) throws -> Job? {
        let database = try DatabaseQueue(path: folder.appending(path: "bellhop.sqlite").path)
        defer { try? database.close() }
        return try database.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT state, attempts, crashes FROM jobs")
            guard let row = rows.first, rows.count == 1 else { return nil }
            return Job(state: row["state"], attempts: row["attempts"], crashes: row["crashes"])
        }
    }
}
