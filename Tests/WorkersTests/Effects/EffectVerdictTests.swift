import Bellhop
import Foundation
import InboxCore
import Testing

@testable import Workers

@Suite struct EffectVerdictTests {
    private func verdict(_ repetition: Repetition, attempt: Int = 1) -> EffectVerdict {
        EffectVerdict(
            attempt: attempt,
            terms: EffectTerms(
                repetition: repetition, policy: RetryPolicy(maxAttempts: 3, base: .seconds(10), cap: .seconds(100))),
            now: Fixture.now, jitter: 0.5)
    }

    @Test func `only an uncertain one that may be repeated is sent without a question`() {
        for repetition in Repetition.allCases {
            #expect(EffectVerdict.opening(isUncertain: false, repetition: repetition) == .send)
        }
        #expect(EffectVerdict.opening(isUncertain: true, repetition: .idempotent) == .send)
        #expect(EffectVerdict.opening(isUncertain: true, repetition: .askable) == .ask)
        #expect(EffectVerdict.opening(isUncertain: true, repetition: .neither) == .hold)
    }

    @Test func `without an answer it is repeated, or held where that could do harm`() {
        for repetition in [Repetition.idempotent, .askable] {
            let outcome = verdict(repetition).outcome(of: .uncertain(reason: "no answer"), mayHaveArrived: false)
            #expect(outcome == .retry(at: Fixture.now + 5, reason: "no answer", mayHaveArrived: true))
        }
        let held = verdict(.neither).outcome(of: .uncertain(reason: "no answer"), mayHaveArrived: false)
        guard case .unknown(let reason) = held else {
            Issue.record("\(held)")
            return
        }
        #expect(reason.hasPrefix("no answer"))
    }

    @Test(arguments: Repetition.allCases)
    func `what did not happen is tried again, whatever it is`(repetition: Repetition) {
        let response = EffectResponse.failed(reason: "busy", retryAfter: nil)
        let outcome = verdict(repetition).outcome(of: response, mayHaveArrived: false)
        #expect(outcome == .retry(at: Fixture.now + 5, reason: "busy", mayHaveArrived: false))
    }

    @Test func `the receiver's wait is obeyed when it is longer`() {
        let response = EffectResponse.failed(reason: "busy", retryAfter: .seconds(70))
        let outcome = verdict(.idempotent).outcome(of: response, mayHaveArrived: true)
        #expect(outcome == .retry(at: Fixture.now + 70, reason: "busy", mayHaveArrived: true))
    }

    @Test func `an end is certain only when no attempt may have arrived`() {
        let failed = EffectResponse.failed(reason: "busy", retryAfter: nil)
        let refused = EffectResponse.refused(reason: "refused with 422")
        let last = verdict(.idempotent, attempt: 3)
        #expect(
            last.outcome(of: failed, mayHaveArrived: false)
                == .failed(reason: "given up after 3 attempts; at last: busy"))
        #expect(last.outcome(of: refused, mayHaveArrived: false) == .failed(reason: "refused with 422"))
        for outcome in [
            last.outcome(of: failed, mayHaveArrived: true), last.outcome(of: refused, mayHaveArrived: true),
            last.outcome(unanswered: "no answer"),
        ] {
            guard case .unknown = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
    }

    @Test func `what was written is remembered by digests under the resource's path`() throws {
        let id = try #require(ResourceID(gid: "gid://shopify/Order/7"))
        let write = Effect.Write(id, ["tags": "a, b", "note": .null])
        let outcome = verdict(.idempotent).outcome(of: .delivered(wrote: [write]), mayHaveArrived: true)
        guard case .done(let wrote) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(wrote.map(\.field) == ["note", "tags"])
        #expect(Set(wrote.map(\.resource)) == ["Order/7"])
        #expect(wrote.allSatisfy { $0.digest.count == 32 })
    }
}
