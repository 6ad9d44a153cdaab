import Bellhop
import Foundation
import GRDB
import HTTPCore
import HTTPTransport
import ModelStandIn
import Replay
import Subprocess
import Testing

/// Promise 4: a model call that was answered and recorded is not paid for twice.
@Suite(.timeLimit(.minutes(10))) struct DurableStepsTests {
    /// A review that is read by one model and answered by another.
    private static let sample = "samples/metaobjects/create/angry.json"
    private let environment = ["SHOPIFY_API_SECRET": Program.secret, "BELLHOP_ADMIN_TOKEN": Program.token]

    private func run(_ server: Program.Server, _ arguments: String...) async throws -> Program.Outcome {
        try await Program.run(arguments + ["--admin", server.admin, "--json"], environment: environment)
    }

    private func events(_ server: Program.Server, _ arguments: String...) async throws -> JSONValue {
        let outcome = try await Program.run(
            ["events"] + arguments + ["--admin", server.admin, "--json"], environment: environment)
        #expect(outcome.status == .exited(0), "\(outcome.output) \(outcome.errors)")
        return try JSONValue(parsing: outcome.json)
    }

    private func deliver(_ ids: DeliveryIDs = .init(webhook: UUID(), event: UUID()), to server: Program.Server)
        async throws -> Int
    {
        let transport = CurlTransport()
        let status = try await Sender(sample: Self.sample, transport: transport).send(ids, to: server.webhooks).status
        await transport.close()
        return status
    }

    private func number(in folder: URL, sql: String) throws -> Int {
        let database = try DatabaseQueue(path: folder.appending(path: "bellhop.sqlite").path)
        defer { try? database.close() }
        return try database.read { try Int.fetchOne($0, sql: sql) ?? 0 }
    }

    @Test func `a kill between two questions does not pay for the first again`() async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                let config = try standIn.configuration(in: folder)
                standIn.controls.faults.replace(with: [FaultRule(model: "writer", fault: .hang)])
                try await Program.serve(data: folder, config: config) { server in
                    #expect(try await deliver(to: server) == 200)
                    // The second request was reserved after the first was settled, and sent after that was on disk.
                    try await standIn.arrived(1, for: "writer")
                    try server.kill()
                }
                #expect(standIn.requests(for: "ReviewReading") == 1)
                #expect(try number(in: folder, sql: "SELECT count(*) FROM steps") == 1)

                standIn.controls.faults.replace(with: [])
                let last = try await Program.serve(data: folder, config: config) { server in
                    try await server.quiet()
                    let event = try #require(try await events(server, "list").elements?.first)
                    #expect(event["state"] == "done")
                    let id = try #require(event["delivery_id"]?.string)
                    let job = try await events(server, "show", id)["jobs"]?[0]
                    let calls = try #require(job?["calls"]?.elements)
                    #expect(calls.map { $0["step"] } == ["ReviewReading", "ReplyDraft"])
                    #expect(calls.map { $0["journal"] } == ["recorded", nil])
                    #expect(calls[0]["cost_nanos"] == 0)
                    #expect(calls[0]["model"] == "cheap")
                    #expect(job?["effects"]?.elements?.isEmpty == false)
                }
                #expect(last.status == .exited(0))
                #expect(standIn.requests(for: "ReviewReading") == 1)
                #expect(standIn.requests(for: "ReplyDraft") == 2)
            }
        }
    }

    @Test func `fifty deliveries of one webhook at once make one run and one bill`() async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                let config = try standIn.configuration(in: folder)
                try await Program.serve(data: folder, config: config) { server in
                    let ids = DeliveryIDs(webhook: UUID(), event: UUID())
                    let transport = CurlTransport()
                    let sender = try Sender(sample: Self.sample, transport: transport)
                    let answers = try await withThrowingTaskGroup(of: String.self) { group in
                        for _ in 0..<50 {
                            group.addTask {
                                let response = try await sender.send(ids, to: server.webhooks)
                                let body = try JSONValue(parsing: response.body)
                                return "\(response.status) \(body["status"]?.string ?? "")"
                            }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    await transport.close()
                    #expect(answers.count { $0 == "200 accepted" } == 1)
                    #expect(answers.count { $0 == "200 duplicate" } == 49)
                    try await server.quiet()
                    let listed = try await events(server, "list").elements ?? []
                    #expect(listed.map { $0["state"] } == ["done"])
                    #expect(listed.map { $0["duplicates"] } == [49])
                }
                #expect(standIn.requests(for: "ReviewReading") == 1)
                #expect(standIn.requests(for: "ReplyDraft") == 1)
            }
        }
    }

    @Test func `an event can be run again, run anew and rehearsed in two ways`() async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                let config = try standIn.configuration(in: folder, more: "budgets: { credit_fee: 5.5 }\n")
                try await Program.serve(data: folder, config: config) { server in
                    #expect(try await deliver(to: server) == 200)
                    try await server.quiet()
                    let id = try #require(try await events(server, "list").elements?.first?["delivery_id"]?.string)
                    #expect(standIn.requests == 2)

                    let recorded = try await events(server, "rehearse", id, "--recorded")
                    #expect(standIn.requests == 2)
                    #expect(recorded[0]?["state"] == "done")
                    #expect(recorded[0]?["cost_nanos"] == 0)
                    #expect(recorded[0]?["calls"]?.elements?.map { $0["journal"] } == ["recorded", "recorded"])

                    let asked = try await events(server, "rehearse", id)
                    #expect(standIn.requests == 4)
                    #expect(asked[0]?["effects"] == recorded[0]?["effects"])
                    #expect(asked[0]?["cost_nanos"]?.integer ?? 0 > 0)
                    // Nothing of it is in the event.
                    let job = try await events(server, "show", id)["jobs"]?[0]
                    #expect(job?["calls"]?.elements?.count == 2)
                    let costs = try await run(server, "costs", "report", "--by", "label:rehearsal")
                    let rows = try JSONValue(parsing: costs.json)["rows"]?.elements
                    #expect(rows?.map { $0["requests"] } == [2, 2], "\(costs.output)")
                    #expect(try JSONValue(parsing: costs.json)["credit_fee_percent"]?.decimal == 5.5)
                    for (fee, words) in [([], "plus 5.5 % for"), (["--fee", "10"], "plus 10 % for")] {
                        let table = try await Program.run(
                            ["costs", "report", "--admin", server.admin] + fee, environment: environment)
                        #expect(table.output.contains("\(words) buying credit: $"), "\(table.output)")
                    }

                    _ = try await events(server, "retry", id)
                    try await server.quiet()
                    #expect(standIn.requests == 4)
                    _ = try await events(server, "retry", id, "--anew")
                    try await server.quiet()
                    #expect(standIn.requests == 6)
                }
            }
        }
    }

    @Test func `a rehearsal from the journal says what is not recorded`() async throws {
        try await Project.withFolder { folder in
            try await StandIn.serving { standIn in
                let config = try standIn.configuration(in: folder)
                standIn.controls.faults.replace(with: [FaultRule(model: "writer", fault: .unauthorized)])
                try await Program.serve(data: folder, config: config) { server in
                    #expect(try await deliver(to: server) == 200)
                    try await standIn.arrived(1, for: "writer")
                    try await server.counts { $0.waiting == 1 }
                    let id = try #require(try await events(server, "list").elements?.first?["delivery_id"]?.string)
                    let outcome = try await run(server, "events", "rehearse", id, "--recorded")
                    #expect(outcome.status == .exited(1))
                    let run = try JSONValue(parsing: outcome.json)[0]
                    #expect(run?["state"] == "held")
                    #expect(run?["reason"]?.string?.contains("ReplyDraft has no recorded answer") == true)
                    let text = try await Program.run(
                        ["events", "rehearse", id, "--recorded", "--admin", server.admin], environment: environment)
                    #expect(text.output.contains("would be held") && text.output.contains("recorded answer"))
                }
            }
        }
    }
}
