import Bellhop
import Foundation
import InboxCore
import Testing

@Suite(.timeLimit(.minutes(5)))
struct LeaseTests {
    @Test(arguments: InboxKind.allCases)
    func anExpiredLeaseIsHandedToTheNextWithoutUsingUpAnAttempt(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let first = try await inbox.claimOne(at: 0, leaseFor: .seconds(60))

            #expect(try await inbox.claim(at: 59).isEmpty)
            let second = try await inbox.claimOne(at: 60)
            #expect(second.jobID == first.jobID)
            #expect(second.attempt == 1)
            #expect(second.lease.token != first.lease.token)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func whoLostTheLeaseCanRecordNothing(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            let first = try await inbox.claimOne(at: 0, leaseFor: .seconds(60))
            let second = try await inbox.claimOne(at: 60)

            let late = Sample.result(.done(effects: Sample.effects), calls: [Sample.call(cost: 5)])
            #expect(try await inbox.finish(first, with: late) == false)
            #expect(try await inbox.extend(first, until: Sample.time(999)) == false)
            try await inbox.giveBack(first)

            let job = try await inbox.job(of: id)
            #expect(job.summary.state == .running)
            #expect(job.calls.isEmpty)
            #expect(job.effects.isEmpty)
            #expect(try await inbox.finish(second, with: Sample.result(.done(effects: []))))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func anExtendedLeaseLastsLonger(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne(at: 0, leaseFor: .seconds(60))

            #expect(try await inbox.extend(claim, until: Sample.time(120)))
            #expect(try await inbox.claim(at: 60).isEmpty)
            #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: []))))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aLeaseOfAnotherEpochIsNoLease(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            var claim = try await inbox.claimOne()
            claim.lease.epoch += 1

            #expect(try await inbox.extend(claim, until: Sample.time(99)) == false)
            #expect(try await inbox.finish(claim, with: Sample.result(.done(effects: []))) == false)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aJobGivenBackIsReadyAtOnceWithItsAttemptsUnchanged(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            try await inbox.run(.retry(at: Sample.time(5), reason: "timeout"))
            let claim = try await inbox.claimOne(at: 10)
            #expect(claim.attempt == 2)

            try await inbox.giveBack(claim)
            #expect(try await inbox.extend(claim, until: Sample.time(99)) == false)
            #expect(try await inbox.claimOne(at: 10).attempt == 2)
        }
    }

    @Test(arguments: InboxKind.allCases)
    func aFinishedJobCannotBeFinishedAgain(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            let claim = try await inbox.claimOne()
            let result = Sample.result(.done(effects: Sample.effects), calls: [Sample.call(cost: 5)])

            #expect(try await inbox.finish(claim, with: result))
            #expect(try await inbox.finish(claim, with: result) == false)
            #expect(try await inbox.job(of: id).calls.count == 1)
        }
    }
}
