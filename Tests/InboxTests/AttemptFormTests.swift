import Foundation
import InboxCore
import Testing
import Vocabulary

/// Attempts are stored as JSON.
struct AttemptFormTests {
    @Test func `a record with the older name of the cost keeps it`() throws {
        let stored = #"{"model":"m","milliseconds":3,"cost":1200}"#
        let attempt = try JSONDecoder().decode(CallRecord.Attempt.self, from: Data(stored.utf8))
        #expect(
            attempt
                == CallRecord.Attempt(model: "m", status: nil, milliseconds: 3, cost: USD(nanos: 1200), failure: nil))
        let again = try JSONDecoder().decode(CallRecord.Attempt.self, from: JSONEncoder().encode(attempt))
        #expect(again == attempt)
    }

    @Test func `an unknown cost is not zero`() throws {
        let stored = #"{"model":"m","status":500,"milliseconds":3,"failure":"server_error"}"#
        #expect(try JSONDecoder().decode(CallRecord.Attempt.self, from: Data(stored.utf8)).cost == nil)
    }
}
