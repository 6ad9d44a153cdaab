import Cryptography
import Foundation
import HTTPTransport
import Replay
import Subprocess
import Testing

/// Promise 1: kill -9 at any moment loses nothing that was acknowledged.
@Suite(.timeLimit(.minutes(10))) struct KillTests {
    /// How often the server is killed; more with `BELLHOP_KILLS`.
    private static var kills: Int {
        ProcessInfo.processInfo.environment["BELLHOP_KILLS"].flatMap(Int.init) ?? 20
    }

    @Test func everyAcknowledgedDeliveryIsThereExactlyOnceAfterKills() async throws {
        try await Project.withFolder { folder in
            let acknowledged = Ledger()
            let transport = CurlTransport()
            let sender = try Sender(sample: "samples/orders/create/gift.wire.json", transport: transport)
            for _ in 0..<Self.kills {
                let killed = try await Program.serve(data: folder) { server in
                    try await load(server, from: sender, until: .random(in: 1...400), into: acknowledged)
                }
                #expect(killed.status == .signaled(SIGKILL))
            }
            await transport.close()
            // Once more, so that what the last kill left behind is taken up, then stop in good order.
            let last = try await Program.serve(data: folder) { _ in }
            #expect(last.status == .exited(0))

            let ids = await acknowledged.ids
            let rows = try StoredDeliveries.rows(in: folder)
            #expect(ids.count > Self.kills)
            #expect(ids.filter { rows[$0] != 1 }.isEmpty)
            #expect(rows.values.allSatisfy { $0 == 1 })
            // The one handler that is bound has one job for each, over or not, and the bytes are those that were sent.
            #expect(try StoredDeliveries.jobs(in: folder) == rows.mapValues { _ in ["order-created"] })
            #expect(try StoredDeliveries.bodies(in: folder) == rows.count)
            #expect(try StoredDeliveries.hashes(in: folder) == [try SHA256.digest(of: sender.sample.body)])
        }
    }

    /// Eight senders at once; the server is killed when so many deliveries have been acknowledged.
    private func load(
        _ server: Program.Server, from sender: Sender, until count: Int, into acknowledged: Ledger
    ) async throws {
        let target = await acknowledged.ids.count + count
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    while let id = await sender.deliver(to: server.webhooks) {
                        if await acknowledged.add(id) >= target { try? server.kill() }
                    }
                }
            }
        }
    }
}

/// The webhook ids that were answered 200.
actor Ledger {
    private(set) var ids: [String] = []

    /// - Returns: how many there are now.
    @discardableResult
    func add(_ id: String) -> Int {
        ids.append(id)
        return ids.count
    }
}
