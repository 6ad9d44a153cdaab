import Bellhop
import BellhopServer
import Foundation
import InboxCore
import Logging
import ServiceLifecycle
import Testing
import Workers

/// An event keeps to its end the configuration with which it began.
@Suite(.timeLimit(.minutes(5))) struct PinnedConfigurationTests {
    @Test func `a reload reaches the next event, not the one under way`() async throws {
        let name = UUID().uuidString
        let gate = Gate(name)
        let gated = ReloadStage.subscription + "  gate: \(name)\n"
        try await ReloadStage.with(subscription: gated) { stage in
            let inbox = MemoryInbox()
            let live = stage.live
            let pool = WorkerPool(
                inbox: inbox, runner: { live.current.runner },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let services = ServiceGroup(
                services: [pool], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                let first = try await accept("w-1", in: inbox)
                _ = await gate.arrivals.first { _ in true }
                try stage.write(subscription: gated.replacing("tag: old", with: "tag: new"))
                _ = await stage.reloader.reload()
                let second = try await accept("w-2", in: inbox)
                _ = await gate.arrivals.first { _ in true }
                gate.open()
                #expect(try await tags(of: first, in: inbox) == ["old"])
                #expect(try await tags(of: second, in: inbox) == ["new"])
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }

    private func accept(_ webhookID: String, in inbox: MemoryInbox) async throws -> String {
        let delivery = Delivery(
            sender: "shopify", shop: .example, topic: "orders/create", webhookID: webhookID,
            body: Data("{\"id\":\(webhookID.dropFirst(2))}".utf8), bodyHash: Data(webhookID.utf8), receivedAt: Date())
        guard case .stored(let id) = await inbox.accept(delivery, handlers: ["tagger"], holdReason: nil) else {
            throw CancellationError()
        }
        return id
    }

    /// The tags planned for an event, once it is done.
    private func tags(of id: String, in inbox: MemoryInbox) async throws -> [String] {
        while true {
            let detail = try #require(await inbox.detail(of: id))
            let job = try #require(detail.jobs.first)
            if job.summary.state == .done {
                return job.effects.flatMap { planned -> [String] in
                    guard case .tag(_, let tags) = planned.effect else { return [] }
                    return tags
                }
            }
            // The pool needs its turn.
            await Task.yield()
        }
    }
}
