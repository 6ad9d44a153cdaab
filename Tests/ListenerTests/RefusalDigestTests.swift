import Testing

@testable import Listener

@Suite("What the log tells of refusals")
struct RefusalDigestTests {
    @Test("Only what is new is told, by reason")
    func news() {
        var digest = RefusalDigest()
        var counts = DoorCounts()
        #expect(digest.news(in: counts).isEmpty)
        counts.refused = ["signature_wrong": 2]
        #expect(digest.news(in: counts) == ["signature_wrong": 2])
        counts.refused = ["signature_wrong": 5, "body_empty": 1]
        #expect(digest.news(in: counts) == ["signature_wrong": 3, "body_empty": 1])
        #expect(digest.news(in: counts).isEmpty)
    }
}
