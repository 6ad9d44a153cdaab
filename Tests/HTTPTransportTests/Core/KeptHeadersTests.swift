import HTTPCore
import Testing

@Suite struct KeptHeadersTests {
    @Test func namesAreInLowerCaseAndTheFirstValueHolds() {
        let kept = TransportError.kept(of: [("X-Generation-Id", "gen-1"), ("x-generation-ID", "gen-2"), ("A", "")])
        #expect(kept == ["x-generation-id": "gen-1", "a": ""])
    }

    @Test func theNumberOfNamesIsBounded() {
        let kept = TransportError.kept(of: (0..<1000).map { ("h\($0)", "v") })
        #expect(kept.count == TransportError.maxHeaders)
        #expect(kept["h63"] == "v")
    }

    @Test func theBytesAreBoundedAndALongHeaderDoesNotTakeTheRoomOfTheOthers() {
        let long = String(repeating: "x", count: TransportError.maxHeaderBytes)
        let half = String(repeating: "x", count: TransportError.maxHeaderBytes / 2 - 1)
        let kept = TransportError.kept(of: [("l", long), ("a", half), ("b", half), ("c", "")])
        #expect(kept == ["a": half, "b": half])
    }

    @Test func anErrorWithOtherHeadersIsAnotherError() {
        let error = TransportError(.connectionLost, "cut", mayHaveBeenSent: true)
        #expect(error.headers == [:])
        #expect(error != TransportError(.connectionLost, "cut", mayHaveBeenSent: true, headers: ["a": "1"]))
    }
}
