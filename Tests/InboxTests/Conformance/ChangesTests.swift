import Bellhop
import Foundation
import InboxCore
import Testing

/// Each test waits for a signal that must come; the time limit turns one that does not into a failure.
@Suite(.timeLimit(.minutes(5)))
struct ChangesTests {
    @Test(arguments: InboxKind.allCases)
    func signalsADeliveryToEveryListener(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            var first = inbox.changes.makeAsyncIterator()
            var second = inbox.changes.makeAsyncIterator()
            _ = try await inbox.store(Sample.delivery("w1"))

            #expect(await first.next() != nil)
            #expect(await second.next() != nil)
            #expect(try await inbox.claim().count == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func signalsAJobGivenBack(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            var changes = inbox.changes.makeAsyncIterator()

            try await inbox.giveBack(claim)
            #expect(await changes.next() != nil)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func signalsARetryAndAnEarlierDueTime(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            var changes = inbox.changes.makeAsyncIterator()

            _ = try await inbox.finish(claim, with: Sample.result(.retry(at: Sample.time(9), reason: "timeout")))
            #expect(await changes.next() != nil)
            _ = try await inbox.retry(id, handlers: ["orders"])
            #expect(await changes.next() != nil)
        }
    }
}
