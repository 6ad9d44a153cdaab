import Foundation
import InboxCore
import Testing

/// When a job was first handed out stays with it.
@Suite(.timeLimit(.minutes(5)))
struct BeginningTests {
    @Test(arguments: InboxKind.allCases)
    func `every claim tells exactly when the first one was`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let first = try await inbox.claimOne(at: 1.234_567_891)
            let began = try #require(first.beganAt)
            #expect(abs(began.timeIntervalSince(Sample.time(1.234_567_891))) < 0.001)
            try await inbox.giveBack(first)
            let second = try await inbox.claimOne(at: 2, leaseFor: .seconds(5))
            #expect(second.beganAt == began)
            // This one's lease runs out.
            let third = try await inbox.claimOne(at: 10)
            #expect(third.beganAt == began)
            #expect(try await inbox.finish(third, with: Sample.result(.retry(at: Sample.time(20), reason: "no"))))
            #expect(try await inbox.claimOne(at: 30).beganAt == began)
        }
    }

    @Test(arguments: InboxKind.allCases, RetryTests.endings)
    func `running again keeps the beginning, running anew is one`(
        kind: InboxKind, ending: JobResult.Outcome
    ) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne(at: 1)
            #expect(try await inbox.finish(claim, with: Sample.result(ending)))
            #expect(try await inbox.rehearsalClaims(of: id, handlers: []).map(\.beganAt) == [Sample.time(1)])

            #expect(try await inbox.retry(id, handlers: ["orders"]) == 1)
            let again = try await inbox.claimOne(at: 2000)
            #expect(again.beganAt == Sample.time(1))
            #expect(try await inbox.finish(again, with: Sample.result(ending)))

            #expect(try await inbox.retry(id, handlers: ["orders"], anew: true) == 1)
            #expect(try await inbox.rehearsalClaims(of: id, handlers: []).map(\.beganAt) == [nil])
            #expect(try await inbox.claimOne(at: 4000).beganAt == Sample.time(4000))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `the handlers of one delivery each have a beginning of their own`(kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"), handlers: ["a", "b"])
            #expect(try await inbox.claimOne(at: 1).beganAt == Sample.time(1))
            #expect(try await inbox.claimOne(at: 2).beganAt == Sample.time(2))
        }
    }
}
