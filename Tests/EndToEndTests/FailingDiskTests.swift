import Foundation
import HTTPCore
import HTTPTransport
import Replay
import Subprocess
import Testing

/// What the disk did not take is answered 503, never 200, and is taken when it is delivered again to a disk that works.
@Suite(.timeLimit(.minutes(10))) struct FailingDiskTests {
    /// A system call that the kernel is made to fail for a while, counted on each thread, after the server has started.
    struct Fault: Sendable, CustomTestStringConvertible {
        var call: String
        var error: String
        var span: String

        var testDescription: String { "\(call) fails with \(error)" }
    }

    @Test(arguments: [
        Fault(call: "fdatasync", error: "EIO", span: "20..30"),
        Fault(call: "pwrite64", error: "ENOSPC", span: "500..520"),
        Fault(call: "pwrite64", error: "EROFS", span: "500..520"),
    ])
    func nothingIsAcknowledgedThatTheDiskDidNotTake(fault: Fault) async throws {
        try await Project.withFolder { folder in
            let data = folder.appending(path: "data")
            let acknowledged = Ledger()
            let service = try await Program.serve(
                data: data,
                wrapper: [
                    "strace", "-D", "-f", "-o", "/dev/null", "-e", "trace=\(fault.call)", "-e",
                    "inject=\(fault.call):error=\(fault.error):when=\(fault.span)",
                ]
            ) { server in
                let transport = CurlTransport()
                let sender = try Sender(sample: "samples/inventory_levels", transport: transport)
                let refused = try await firstRefused(sender, server, into: acknowledged)
                try await deliverUntilTaken(refused, sender, server)
                await acknowledged.add(refused.webhook.uuidString.lowercased())
                for _ in 0..<10 {
                    if let id = await sender.deliver(to: server.webhooks) { await acknowledged.add(id) }
                }
                await transport.close()
            }
            #expect(service.status == .exited(0))
            let ids = await acknowledged.ids
            let rows = try StoredDeliveries.rows(in: data)
            #expect(ids.count > 1)
            #expect(ids.filter { rows[$0] != 1 }.isEmpty)
            #expect(rows.values.allSatisfy { $0 == 1 })
        }
    }

    /// Sends deliveries until one is refused.
    private func firstRefused(
        _ sender: Sender, _ server: Program.Server, into acknowledged: Ledger
    ) async throws -> DeliveryIDs {
        // More than all threads together can write before the fault meets one of them.
        for _ in 0..<1000 {
            let ids = DeliveryIDs(webhook: UUID(), event: UUID())
            let response = try await sender.send(ids, to: server.webhooks)
            guard response.status == 200 else {
                #expect(response.status == 503)
                #expect(response.header("Retry-After") != nil)
                #expect(String(decoding: response.body, as: UTF8.self).contains("storage_failed"))
                return ids
            }
            await acknowledged.add(ids.webhook.uuidString.lowercased())
        }
        throw NeverRefused()
    }

    private struct NeverRefused: Error {}

    /// The time limit of the suite is the deadline.
    private func deliverUntilTaken(
        _ ids: DeliveryIDs, _ sender: Sender, _ server: Program.Server
    ) async throws {
        while true {
            let status = try await sender.send(ids, to: server.webhooks).status
            if status == 200 { return }
            #expect(status == 503)
        }
    }
}
