import Bellhop
import Foundation
import Subprocess
import Testing

/// What `bellhop handlers list` says of a server, and when it says nothing.
@Suite(.timeLimit(.minutes(5))) struct HandlerListTests {
    private let token = ["BELLHOP_ADMIN_TOKEN": Program.token]

    @Test func `state and topics are the server's`() async throws {
        try await Project.withFolder { folder in
            let webhooks = folder.appending(path: "webhooks")
            try FileManager.default.createDirectory(at: webhooks, withIntermediateDirectories: true)
            try Data("topic: refunds/create\nhandler: refund-requested\n".utf8).write(
                to: webhooks.appending(path: "refunds.yaml"))
            try await Program.serve(data: folder, options: ["--webhooks", webhooks.path]) { server in
                let list = try await Program.run(
                    ["handlers", "list", "--admin", server.admin, "--json"], environment: token)
                let rows = try #require(try JSONValue(parsing: list.json).elements)
                let bound = rows.first { $0["id"] == "refund-requested" }
                #expect(bound?["state"] == "running" && bound?["bound_topics"] == ["refunds/create"])
                let unbound = rows.first { $0["id"] == "order-created" }
                #expect(unbound?["state"] == "unbound" && unbound?["bound_topics"] == [])
                // No plugin, so only the server knows of it.
                #expect(rows.contains { $0["id"] == "bellhop-privacy" && $0["state"] == "running" })

                let wrong = try await Program.run(
                    ["handlers", "list", "--admin", server.admin], environment: ["BELLHOP_ADMIN_TOKEN": "wrong"])
                #expect(wrong.status == .exited(1))
                #expect(wrong.errors.contains("the admin token is missing or wrong"))
            }
        }
    }

    @Test func `without a server it lists the plugins, in lines that a terminal holds`() async throws {
        let list = try await Program.run(["handlers", "list", "--admin", "http://127.0.0.1:1"], environment: token)
        #expect(list.status == .exited(0))
        #expect(!list.output.contains("state") && list.output.contains("returns/request"))
        #expect(list.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
    }
}
