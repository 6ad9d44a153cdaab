import Bellhop
import Cryptography
import EffectReceiver
import Foundation
import HTTPTransport
import InboxCore
import InboxSQLite
import Logging
import Testing
import Workers

/// What we wrote to the shop comes back as a webhook: from the recorded effect to the skipped event, over the real
/// storage and a real receiver.
@Suite(.timeLimit(.minutes(5))) struct EchoTests {
    private let terms = SubscriptionTerms(echoGuard: EchoGuard(fields: ["tags"]))
    /// A post with which the receiver sets the tags of order 1.
    private let write = #"{"order":"post what sets the tags","text":"checked","tags":"new"}"#
    private let echo = #"{"order":"finish","tags":"checked","updated_at":"later"}"#

    /// Runs workers and the delivery of effects on the storage in a folder while the body runs.
    private func serve(_ folder: URL, _ body: (SQLiteInbox) async throws -> Void) async throws {
        try await EffectReceiver.run { receiver in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let transport = CurlTransport()
            let destination = PostDestination(url: receiver.url, secrets: [SigningSecret("a-secret-for-tests")])
            let effects = EffectRunner(
                queue: inbox,
                deliverers: { [PostDeliverer(destinations: ["erp": destination], transport: transport)] },
                logger: .quiet)
            let guards = EventGuards(lastWrites: { try await inbox.lastWrites(to: $0, in: $1, since: $2) })
            try await withWorkers(on: inbox, terms: terms, guards: guards, beside: [effects]) { try await body(inbox) }
            await transport.close()
            await inbox.close()
        }
    }

    /// Delivers a webhook about an order and waits for what becomes of it.
    private func deliver(
        _ body: String, _ webhookID: String, about order: String = "Order/1", to inbox: SQLiteInbox
    ) async throws -> EventDetail.Job {
        var delivery = try Fixture.delivery(body, webhookID: webhookID)
        delivery.resource = order
        guard case .stored(let id) = try await inbox.accept(delivery, handlers: ["obedient"], holdReason: nil) else {
            throw CocoaError(.featureUnsupported)
        }
        while true {
            let job = try #require(try await inbox.detail(of: id)?.jobs.first)
            if [.done, .skipped, .held, .dead].contains(job.summary.state) { return job }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private func writeAndWait(_ inbox: SQLiteInbox) async throws {
        #expect(try await deliver(write, "w-1", to: inbox).summary.state == .done)
        while try await inbox.effects(EffectFilter(kind: .post)).map(\.state) != [.done] {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func `a webhook that shows what we wrote is recorded and skipped, any other runs`() async throws {
        try await withTemporaryFolder { folder in
            try await serve(folder) { inbox in
                // Nobody has written anything yet.
                #expect(try await deliver(echo, "w-0", about: "Order/2", to: inbox).summary.state == .done)
                try await writeAndWait(inbox)

                let skipped = try await deliver(echo, "w-2", to: inbox)
                #expect(skipped.summary.state == .skipped)
                #expect(skipped.summary.reason == "echo of our own write")
                #expect(skipped.effects.isEmpty)

                let changed = echo.replacing("checked", with: "checked, vip")
                #expect(try await deliver(changed, "w-3", to: inbox).effects.count == 1)
                #expect(try await deliver(#"{"order":"finish"}"#, "w-4", to: inbox).summary.state == .done)
                #expect(try await deliver(echo, "w-5", about: "Order/2", to: inbox).summary.state == .done)
            }
        }
    }

    @Test func `what we wrote is known after a restart`() async throws {
        try await withTemporaryFolder { folder in
            try await serve(folder) { try await writeAndWait($0) }
            try await serve(folder) { inbox in
                let skipped = try await deliver(echo, "w-2", to: inbox)
                let changed = try await deliver(echo.replacing("checked", with: "checked, vip"), "w-3", to: inbox)
                #expect(skipped.summary.state == .skipped)
                #expect(changed.summary.state == .done)
            }
        }
    }
}
