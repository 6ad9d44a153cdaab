import Foundation
import HTTPTransport
import Subprocess
import Testing

/// What the server has of the machine's memory, whatever is sent to it.
@Suite(.timeLimit(.minutes(5))) struct FlatMemoryTests {
    /// The 64 MiB that bodies may have together, and half as much again for what is not counted.
    private static let bound = 96 << 20

    @Test func `64 senders of large bodies that never end take little memory, and no room from honest ones`()
        async throws
    {
        try await Project.withFolder { folder in
            let service = try await Program.serve(data: folder) { server in
                let transport = CurlTransport()
                let sender = try Sender(sample: "samples/inventory_levels", transport: transport)
                #expect(await sender.deliver(to: server.webhooks) != nil)
                let before = try server.mostMemory()
                let (stalled, one) = AsyncStream.makeStream(of: Void.self)
                let statuses = try await withThrowingTaskGroup(of: Int?.self) { group in
                    for _ in 0..<64 {
                        group.addTask {
                            try await StalledUpload.run(to: server.webhooks) { one.yield() }
                        }
                    }
                    var waiting = 64
                    for await _ in stalled {
                        waiting -= 1
                        if waiting == 0 { break }
                    }
                    #expect(await sender.deliver(to: server.webhooks) != nil)
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses.contains(503))
                #expect(statuses.allSatisfy { [nil, 408, 503].contains($0) })
                let grown = try server.mostMemory() - before
                #expect(grown < Self.bound, "\(grown >> 20) MiB")
                await transport.close()
            }
            #expect(service.status == .exited(0))
        }
    }
}
