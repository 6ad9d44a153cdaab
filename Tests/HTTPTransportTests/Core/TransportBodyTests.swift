import Foundation
import HTTPCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct TransportBodyTests {
    /// Gives the numbers from 0 on without end, and counts how often it is let go.
    private static func endless(dropped: Tally) -> TransportBody {
        let given = Tally()
        return TransportBody(next: { Data([UInt8(truncatingIfNeeded: given.add() - 1)]) }, onDrop: { dropped.add() })
    }

    @Test func aWholeIsOnePart() async throws {
        #expect(try await TransportBody(Data("whole".utf8)).reduce(into: []) { $0.append($1) } == [Data("whole".utf8)])
        #expect(try await TransportBody(Data()).reduce(into: []) { $0.append($1) } == [])
    }

    @Test func emptyPartsAreLeftOut() async throws {
        let parts = Tally()
        let body = TransportBody(next: { [Data(), Data([1]), Data(), Data([2]), nil][parts.add() - 1] })
        #expect(try await body.reduce(into: []) { $0.append($1) } == [Data([1]), Data([2])])
        #expect(parts.count == 5)
    }

    @Test func aSecondReaderIsRefused() async throws {
        let body = TransportBody(Data("once".utf8))
        #expect(try await body.text() == "once")
        await #expect(throws: TransportError.self) { try await body.collected() }
    }

    @Test func nothingIsFetchedAfterAnError() async throws {
        let asked = Tally()
        let body = TransportBody(next: {
            asked.add()
            throw TransportError(.connectionLost, "cut", mayHaveBeenSent: true)
        })
        var parts = body.makeAsyncIterator()
        await #expect(throws: TransportError.self) { try await parts.next() }
        #expect(try await parts.next() == nil)
        #expect(asked.count == 1)
    }

    @Test func aCancelledReaderFetchesNothingMore() async throws {
        let (dropped, gate) = (Tally(), Milestone())
        let body = Self.endless(dropped: dropped)
        let task = Task {
            await gate.reached()
            for try await _ in body {}
        }
        task.cancel()
        gate.reach()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(dropped.count == 1)
    }

    @Test func leavingTheLoopLetsGoThoughTheBodyIsHeld() async throws {
        let dropped = Tally()
        let body = Self.endless(dropped: dropped)
        for try await part in body where part == Data([3]) { break }
        #expect(dropped.count == 1)
        withExtendedLifetime(body) {}
    }

    @Test func theLastHolderLetsGoOnce() async throws {
        let dropped = Tally()
        var body: TransportBody? = Self.endless(dropped: dropped)
        var copy = body
        var parts = body?.makeAsyncIterator()
        body = nil
        copy = nil
        #expect(try await parts?.next() == Data([0]))
        #expect(dropped.count == 0)
        parts = nil
        #expect(dropped.count == 1)
        #expect(copy == nil)
    }

    @Test func aTransportThatCannotStreamGivesTheWhole() async throws {
        struct Whole: Transport {
            func send(_ request: TransportRequest) async throws -> TransportResponse {
                TransportResponse(status: 404, headers: [("X-A", "1")], body: request.body)
            }
        }
        let request = TransportRequest(.post, url: "http://127.0.0.1/", body: Data("body".utf8))
        let stream = try await Whole().open(request)
        #expect(stream.status == 404)
        #expect(stream.header("x-a") == "1")
        #expect(try await stream.body.text() == "body")
    }
}
