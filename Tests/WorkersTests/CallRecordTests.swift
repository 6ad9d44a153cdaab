import Foundation
import InboxCore
import ModelClient
import Testing

@testable import Workers

@Suite struct CallRecordTests {
    @Test func anAttemptStoredByAnEarlierVersionStillReads() throws {
        let stored = #"[{"model":"cheap","status":429,"milliseconds":12,"failure":"rate_limited: slow down"}]"#
        let attempts = try JSONDecoder().decode([CallRecord.Attempt].self, from: Data(stored.utf8))
        #expect(
            attempts == [
                CallRecord.Attempt(
                    model: "cheap", status: 429, milliseconds: 12, cost: nil, failure: "rate_limited: slow down")
            ])
    }

    @Test func anAttemptStoredByALaterVersionStillReads() throws {
        let stored = #"[{"model":"cheap","milliseconds":12,"occasion":"hedge","replaySafety":"who knows","more":[1]}]"#
        let attempts = try JSONDecoder().decode([CallRecord.Attempt].self, from: Data(stored.utf8))
        #expect(attempts.map(\.occasion) == ["hedge"])
    }

    @Test(arguments: [Attempt.Occasion.first, .retry, .fallback, .correction])
    func theOccasionIsKept(occasion: Attempt.Occasion) throws {
        let attempt = CallRecord.Attempt(
            Attempt(model: "m", occasion: occasion, status: 200, elapsed: .milliseconds(5), cost: .unknown))
        let read = try JSONDecoder().decode(CallRecord.Attempt.self, from: JSONEncoder().encode(attempt))
        #expect(read.occasion == occasion.rawValue)
        #expect(read.replaySafety == "maybe_billed")
    }
}
