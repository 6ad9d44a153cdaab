import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ClaimTests {
    @Test(arguments: InboxKind.allCases)
    func handsOutTheOldestFirstAndNoMoreThanAsked(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 1...5 {
                // The clock of the door may step back; the order of storing counts.
                _ = try await inbox.store(Sample.delivery("w\(number)", receivedAt: Sample.time(Double(-number))))
            }
            #expect(try await inbox.claim(2).map(\.delivery.webhookID) == ["w1", "w2"])
            #expect(try await inbox.claim(2).map(\.delivery.webhookID) == ["w3", "w4"])
            #expect(try await inbox.claim(2).map(\.delivery.webhookID) == ["w5"])
            #expect(try await inbox.claim(2).isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases, [0, -1])
    func handsOutNothingForALimitBelowOne(_ kind: InboxKind, limit: Int) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            #expect(try await inbox.claim(limit).isEmpty)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aClaimNamesItsJobAndLease(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"), handlers: ["a", "b"])

            let claims = try await inbox.claim(at: 10, leaseFor: .seconds(30))
            #expect(claims.map(\.deliveryID) == [id, id])
            #expect(claims.map(\.handlerID) == ["a", "b"])
            #expect(claims.map(\.attempt) == [1, 1])
            #expect(claims.map(\.lease.expiresAt) == [Sample.time(40), Sample.time(40)])
            #expect(Set(claims.map(\.lease.token)).count == 2)
            #expect(Set(claims.map(\.jobID)).count == 2)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func manyClaimersNeverGetTheSameJob(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            for number in 0..<60 { _ = try await inbox.store(Sample.delivery("w\(number)")) }
            let claims = try await withThrowingTaskGroup(of: [Claim].self) { group in
                for _ in 0..<30 {
                    group.addTask { try await inbox.claim(limit: 3, now: Sample.time(1), leaseFor: .seconds(60)) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claims.count == 60)
            #expect(Set(claims.map(\.jobID)).count == 60)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aWaitingJobIsHandedOutFromItsMomentOn(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.retry(at: Sample.time(100), reason: "timeout"))

            #expect(try await inbox.claim(at: 99).isEmpty)
            #expect(try await inbox.claim(at: 100).count == 1)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aJobThatBecameDueKeepsItsPlaceInTheOrder(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("old"))
            try await inbox.run(.retry(at: Sample.time(100), reason: "timeout"))
            _ = try await inbox.store(Sample.delivery("new"))

            #expect(try await inbox.claim(at: 100).map(\.delivery.webhookID) == ["old", "new"])
        }
    }

    @Test(arguments: InboxKind.allCases)
    func nextDueIsTheEarliestWaitOrLease(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            #expect(try await inbox.nextDue() == nil)
            _ = try await inbox.store(Sample.delivery("w1"))
            _ = try await inbox.store(Sample.delivery("w2"))
            #expect(try await inbox.nextDue() == nil)

            try await inbox.run(.wait(until: Sample.time(100), reason: "rate limited"))
            #expect(try await inbox.nextDue() == Sample.time(100))
            let claim = try await inbox.claimOne(at: 10, leaseFor: .seconds(20))
            #expect(try await inbox.nextDue() == Sample.time(30))
            _ = try await inbox.extend(claim, until: Sample.time(200))
            #expect(try await inbox.nextDue() == Sample.time(100))
        }
    }
}
