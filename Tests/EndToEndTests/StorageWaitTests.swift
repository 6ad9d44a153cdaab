import Foundation
import HTTPTransport
import Subprocess
import Testing

/// A start on storage that somebody else has: the server waits, unless waiting cannot help.
@Suite(.timeLimit(.minutes(10))) struct StorageWaitTests {
    @Test func `a second server takes over folder and port when the first one stops`() async throws {
        try await Project.withFolder { data in
            try await Program.serve(data: data) { first in
                let port = try #require(URL(string: first.webhooks)?.port)
                let second = try await Program.start(data: data, port: "\(port)") { start in
                    let said = try await start.says("cannot be used yet")
                    #expect(said.contains("in use by another bellhop"), "\(said)")
                    try await deliver(to: first.webhooks)
                    try first.stop()
                    #expect(try await start.webhooks() == first.webhooks)
                    try await deliver(to: first.webhooks)
                }
                #expect(second.status == .exited(0))
                #expect(second.log.count { $0.contains("cannot be used yet") } == 1)
            }
            let rows = try StoredDeliveries.rows(in: data)
            #expect(rows.count == 2 && rows.values.allSatisfy { $0 == 1 })
        }
    }

    @Test func `a server that waits stops when it is told to`() async throws {
        try await Project.withFolder { data in
            try await Program.serve(data: data) { first in
                let second = try await Program.start(data: data) { start in
                    try await start.says("cannot be used yet")
                    try start.stop()
                    try await start.says("stopped")
                }
                #expect(second.status == .exited(0))
                #expect(!second.log.contains { $0.contains("webhooks=") })
                try await deliver(to: first.webhooks)
            }
        }
    }

    @Test func `what waiting cannot mend ends the start at once`() async throws {
        try await Project.withFolder { folder in
            let file = folder.appending(path: "data")
            try Data("no folder".utf8).write(to: file)
            let outcome = try await Program.run(
                ["serve", "--port", "0", "--admin-port", "0", "--data", file.path],
                environment: ["SHOPIFY_API_SECRET": Program.secret])
            #expect(outcome.status == .exited(1))
            #expect(outcome.errors.contains("Error: storage: cannot create the data folder \(file.path)"))
            #expect(!outcome.errors.contains("cannot be used yet"))
        }
    }

    private func deliver(to webhooks: String) async throws {
        try await withTransport { transport in
            let sender = try Sender(sample: "samples/inventory_levels", transport: transport)
            _ = try #require(await sender.deliver(to: webhooks))
        }
    }
}
