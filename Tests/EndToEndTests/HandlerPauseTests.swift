import Bellhop
import Foundation
import Subprocess
import Testing

/// An error that hits every event of a handler stops the handler instead of filling the dead letters.
@Suite(.timeLimit(.minutes(10))) struct HandlerPauseTests {
    private let environment = ["SHOPIFY_API_SECRET": Program.secret, "BELLHOP_ADMIN_TOKEN": Program.token]

    @Test func `a handler that cannot read its events is paused, shown and resumed by hand`() async throws {
        try await Project.withFolder { folder in
            let orders = folder.appending(path: "samples/orders/create")
            try FileManager.default.createDirectory(at: orders, withIntermediateDirectories: true)
            try Data(#"{"id":"no number"}"#.utf8).write(to: orders.appending(path: "odd.json"))
            let served = try await Program.serve(data: folder.appending(path: "data")) { server in
                let sent = try await Program.run(
                    ["replay", folder.appending(path: "samples").path, "--repeat", "12", "--to", server.webhooks],
                    environment: environment)
                #expect(sent.status == .exited(0), "\(sent.errors)")
                try await server.says("order-created is paused")

                let list = try await Program.run(
                    ["handlers", "list", "--admin", server.admin, "--json"], environment: environment)
                let rows = try #require(try JSONValue(parsing: list.json).elements)
                let states = rows.map { "\($0["id"]?.string ?? "") \($0["state"]?.string ?? "")" }
                #expect(states.contains("order-created paused") && states.contains("review-posted running"))
                let reason = rows.first { $0["id"] == "order-created" }?["pause"]?["reason"]?.string
                #expect(reason?.contains("the body is not what the handler reads, at id") == true)

                let events = try await Program.run(
                    ["events", "list", "--admin", server.admin, "--json"], environment: environment)
                let held = try JSONValue(parsing: events.json).elements?.filter { $0["state"] == "held" } ?? []
                // Those that failed before the second of their kind.
                #expect((1...4).contains(held.count), "\(events.output)")

                let resumed = try await Program.run(
                    ["handlers", "resume", "order-created", "--admin", server.admin], environment: environment)
                #expect(resumed.status == .exited(0), "\(resumed.errors)")
                let again = try await Program.run(
                    ["handlers", "resume", "review-posted", "--admin", server.admin], environment: environment)
                #expect(again.status == .exited(1))
                #expect(again.errors.contains("not paused"))
            }
            #expect(served.log.contains { $0.contains("order-created runs again") })
        }
    }
}
