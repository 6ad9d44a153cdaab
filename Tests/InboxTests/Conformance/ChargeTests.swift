import Bellhop
import Foundation
import InboxCore
import Testing
import Vocabulary

/// What a job's runs were charged, as the next run hears of it.
@Suite(.timeLimit(.minutes(5)))
struct ChargeTests {
    private func call(charged: Int64, _ cost: Int64?) -> CallRecord {
        var call = Sample.call(cost: cost ?? 0)
        call.attempts = [
            CallRecord.Attempt(
                model: "small", status: 502, milliseconds: 340, cost: cost.map { USD(nanos: $0) },
                charged: USD(nanos: charged), failure: "unavailable: it broke down")
        ]
        return call
    }

    @Test(arguments: InboxKind.allCases)
    func `a claim tells what earlier runs were charged, unknown costs too`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            _ = try await inbox.store(Sample.delivery("w1"))
            let first = try await inbox.claimOne(at: 1)
            #expect(first.charged == .zero)
            let result = Sample.result(
                .retry(at: Sample.time(10), reason: "a"), calls: [call(charged: 700, nil), call(charged: 40, 40)], at: 2
            )
            #expect(try await inbox.finish(first, with: result))
            #expect(try await inbox.claimOne(at: 20).charged == USD(nanos: 740))
        }
    }

    @Test(arguments: InboxKind.allCases)
    func `a job that is made ready by hand begins anew, and keeps its costs`(_ kind: InboxKind) async throws {
        try await kind.withInbox { inbox in
            let id = try await inbox.store(Sample.delivery("w1"))
            for (outcome, seconds) in [(JobResult.Outcome.held(reason: "a"), 1.0), (.dead(reason: "b"), 11)] {
                let claim = try await inbox.claimOne(at: seconds)
                #expect(claim.charged == .zero)
                let result = Sample.result(outcome, calls: [call(charged: 700, 40)], at: seconds + 1)
                #expect(try await inbox.finish(claim, with: result))
                #expect(try await inbox.retry(id, handlers: []) == 1)
            }
            #expect(try await inbox.claimOne(at: 21).charged == .zero)
            let job = try await inbox.job(of: id)
            #expect(job.summary.cost == USD(nanos: 80))
            #expect(
                job.calls.flatMap(\.attempts).map(\.failure) == Array(repeating: "unavailable: it broke down", count: 2)
            )
        }
    }
}
