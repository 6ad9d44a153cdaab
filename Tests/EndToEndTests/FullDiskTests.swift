import Bellhop
import Console
import Foundation
import HTTPCore
import HTTPTransport
import InboxCore
import Replay
import Subprocess
import Testing

/// A real server on a real disk that has no room, or may not be written to: nothing is acknowledged that was not
/// stored, the reason is told, and the service starts or resumes by itself.
@Suite(
    .timeLimit(.minutes(10)),
    .enabled("file systems cannot be mounted here: run as root, or allow user namespaces") { await SmallDisk.isAllowed }
)
struct FullDiskTests {
    /// Runs the body with a server whose data lies on a small disk, then holds what it stored against what it said.
    private func withServer(
        keeping reserve: Bool,
        _ body: @escaping @Sendable (SmallDisk, Program.Server, Sender, Ledger) async throws -> Void
    ) async throws -> Program.Service {
        try await Project.withFolder { folder in
            let config = try Project.lonelyConfiguration(
                in: folder, more: "inbox: { min_free_disk: \(reserve ? "4MiB" : "0") }\n")
            return try await SmallDisk.with(in: folder) { disk in
                let acknowledged = Ledger()
                let service = try await Program.serve(data: disk.data, config: config, wrapper: disk.wrapper) {
                    server in
                    let transport = CurlTransport()
                    let sender = try Sender(sample: "samples/inventory_levels", transport: transport)
                    try await body(disk, server, sender, acknowledged)
                    await transport.close()
                }
                let ids = await acknowledged.ids
                let rows = try StoredDeliveries.rows(in: disk.copyOfData(in: folder))
                #expect(ids.count > 10)
                #expect(ids.filter { rows[$0] != 1 }.isEmpty)
                #expect(rows.values.allSatisfy { $0 == 1 })
                return service
            }
        }
    }

    @Test func `a full disk acknowledges nothing, and room brings the service back`() async throws {
        let service = try await withServer(keeping: false) { disk, server, sender, acknowledged in
            try await deliver(10, sender, server, into: acknowledged)
            try disk.fill()
            let refused = try await deliverUntilRefused(sender, server, into: acknowledged)
            let health = try await health(of: server, over: sender.transport)
            #expect(health.status == .storage)
            #expect(health.storage.state == .failing)
            #expect(health.storage.reason?.contains("the disk is full") == true)
            for _ in 0..<20 {
                let status = try await sender.send(DeliveryIDs(webhook: UUID(), event: UUID()), to: server.webhooks)
                    .status
                #expect(status == 503)
            }

            try disk.makeRoom()
            try await deliverUntilTaken(refused, sender, server, into: acknowledged)
            try await deliver(10, sender, server, into: acknowledged)
            #expect(try await self.health(of: server, over: sender.transport).status == .ok)
        }
        #expect(service.status == .exited(0))
        #expect(service.log.count { $0.contains("nothing can be written") } == 1)
        #expect(service.log.contains { $0.contains("the storage works again") })
    }

    @Test func `with the reserve kept back, ordinary deliveries are refused early privacy topics are not`() async throws
    {
        let service = try await withServer(keeping: true) { disk, server, sender, acknowledged in
            try await deliver(11, sender, server, into: acknowledged)
            try disk.fill(leaving: 3 << 20)
            let refused = try await deliverUntilRefused(sender, server, into: acknowledged)
            let health = try await health(of: server, over: sender.transport)
            #expect(health.status == .ok)
            #expect(health.storage.state == .refusing)
            let wish = try Sender(sample: "samples/inventory_levels", topic: "shop/redact", transport: sender.transport)
            try await deliver(1, wish, server, into: acknowledged)

            try disk.makeRoom()
            try await deliverUntilTaken(refused, sender, server, into: acknowledged)
        }
        #expect(service.status == .exited(0))
        #expect(service.log.count { $0.contains("ordinary deliveries are refused") } == 1)
    }

    @Test func `a server waits for a disk that may not be written to`() async throws {
        try await Project.withFolder { folder in
            try await SmallDisk.with(in: folder) { disk in
                try await disk.makeReadOnly()
                let service = try await Program.start(data: disk.data, wrapper: disk.wrapper) { start in
                    let said = try await start.says("cannot be used yet")
                    #expect(said.contains("Read-only file system") && said.contains(disk.data.path), "\(said)")
                    try await disk.makeWritable()
                    try await deliver(10, to: start)
                }
                #expect(service.status == .exited(0))
                #expect(service.log.count { $0.contains("cannot be used yet") } == 1)
                #expect(service.log.contains { $0.contains("the storage can be used now") })
            }
        }
    }

    @Test func `a server waits for room on a full disk, and says so once`() async throws {
        try await Project.withFolder { folder in
            try await SmallDisk.with(in: folder) { disk in
                try disk.fill()
                let service = try await Program.start(data: disk.data, wrapper: disk.wrapper) { start in
                    let said = try await start.says("cannot be used yet")
                    #expect(said.contains("No space left on device") || said.contains("the disk is full"), "\(said)")
                    try disk.makeRoom()
                    try await deliver(10, to: start)
                }
                #expect(service.status == .exited(0))
                #expect(service.log.count { $0.contains("cannot be used yet") } == 1)
                let rows = try StoredDeliveries.rows(in: disk.copyOfData(in: folder))
                #expect(rows.count == 10 && rows.values.allSatisfy { $0 == 1 })
            }
        }
    }

    private func deliver(_ count: Int, to start: Program.Start) async throws {
        let webhooks = try await start.webhooks()
        try await withTransport { transport in
            let sender = try Sender(sample: "samples/inventory_levels", transport: transport)
            for _ in 0..<count { #expect(await sender.deliver(to: webhooks) != nil) }
        }
    }

    private func health(of server: Program.Server, over transport: any Transport) async throws -> Health {
        try await AdminClient(baseURL: server.admin, token: AdminToken(Program.token), transport: transport).health()
    }

    private func deliver(
        _ count: Int, _ sender: Sender, _ server: Program.Server, into acknowledged: Ledger
    ) async throws {
        for _ in 0..<count {
            let id = try #require(await sender.deliver(to: server.webhooks))
            await acknowledged.add(id)
        }
    }

    /// Until the disk shows: what fits into pages that are there already is still taken.
    private func deliverUntilRefused(
        _ sender: Sender, _ server: Program.Server, into acknowledged: Ledger
    ) async throws -> DeliveryIDs {
        while true {
            let ids = DeliveryIDs(webhook: UUID(), event: UUID())
            let response = try await sender.send(ids, to: server.webhooks)
            guard response.status == 200 else {
                #expect(response.status == 503)
                #expect(response.header("Retry-After") != nil)
                return ids
            }
            await acknowledged.add(ids.webhook.uuidString.lowercased())
        }
    }

    /// The time limit of the suite is the deadline.
    private func deliverUntilTaken(
        _ ids: DeliveryIDs, _ sender: Sender, _ server: Program.Server, into acknowledged: Ledger
    ) async throws {
        while try await sender.send(ids, to: server.webhooks).status != 200 { try Task.checkCancellation() }
        await acknowledged.add(ids.webhook.uuidString.lowercased())
    }
}
