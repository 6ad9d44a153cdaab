import Testing

@testable import ModelClient

struct WordsTests {
    @Test(
        arguments: [
            (0, "0 s"), (50, "0.1 s"), (1500, "1.5 s"), (9000, "9 s"), (12_300, "13 s"), (60_000, "1 min"),
            (125_000, "2 min 5 s"), (3_600_000, "1 h"), (49_442_000, "13 h 45 min"),
        ])
    func `says a time as people do`(milliseconds: Int, words: String) {
        #expect(Duration.milliseconds(milliseconds).words == words)
    }

    @Test func `names each model once, with how often it failed`() {
        let failed = Attempt(
            model: "a", status: 503, elapsed: .zero, cost: .none, failure: .init(.unavailable, "HTTP 503"))
        let error = ModelClientError(
            .exhausted, deadline: .seconds(60), attempts: [failed, failed],
            skipped: [Skip(model: "b", reason: .resting)])
        #expect(error.message.contains("(a: unavailable twice, b: resting)"))
    }

    @Test func `points at the key when that is what is wrong`() {
        let refused = Attempt(
            model: "a", status: 401, elapsed: .zero, cost: .none, failure: .init(.authentication, "HTTP 401"))
        let error = ModelClientError(.exhausted, deadline: .seconds(60), attempts: [refused], skipped: [])
        #expect(error.message.hasSuffix("check the provider's key and credit"))
    }
}
