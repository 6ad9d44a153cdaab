import Bellhop
import Foundation
import HTTPCore
import InboxCore
import Testing
import Workers

/// What failures of one kind have in common, whatever the event.
@Suite struct FingerprintTests {
    private func fingerprint(
        _ body: String, _ replies: [TransportResponse] = [], attempt: Int = 1, handler: String = "obedient"
    ) async throws -> ErrorFingerprint? {
        let runner = Fixture.runner(ScriptedModels(replies), table: try Fixture.table())
        return try await runner.run(try Fixture.claim(body, attempt: attempt, handler: handler)).fingerprint
    }

    @Test func `an error has the fingerprint of its type, at every attempt`() async throws {
        let first = try #require(try await fingerprint(#"{"order":"fail"}"#))
        #expect(try await fingerprint(#"{"order":"fail","text":"other"}"#, attempt: 2) == first)
        #expect(try await fingerprint(#"{"order":"fail"}"#, attempt: 3) == first)
        #expect(first == ErrorFingerprint(handlerID: "obedient", kind: "threw", detail: "Mishap"))
    }

    @Test func `failures that differ have fingerprints that differ`() async throws {
        let poor = TransportResponse.completion(#"{"label":"perhaps"}"#)
        let all = [
            try await fingerprint(#"{"order":"fail"}"#), try await fingerprint(#"{"order":"overstep"}"#),
            try await fingerprint(#"{"order":"hold"}"#), try await fingerprint(#"{"order":"later"}"#),
            try await fingerprint(#"{"order":7}"#), try await fingerprint("not json"),
            try await fingerprint("{}", handler: "removed"), try await fingerprint(#"{"order":"ask"}"#, [poor]),
            try await fingerprint(#"{"order":"ask"}"#, [.wrongRequest]),
        ]
        #expect(Set(all.compactMap(\.self)).count == all.count)
    }

    @Test func `numbers of an event make no difference`() async throws {
        let one = try await fingerprint(#"{"order":"hold with a number","text":"1047"}"#)
        #expect(one != nil)
        #expect(try await fingerprint(#"{"order":"hold with a number","text":"99"}"#) == one)
    }

    @Test func `what goes well, and what waits, has none`() async throws {
        #expect(try await fingerprint(#"{"order":"finish"}"#) == nil)
        #expect(try await fingerprint(#"{"order":"ask"}"#, [.rateLimited]) == nil)
    }
}
