import Foundation
import InboxCore
import Listener
import Testing

@Suite("Limits of size", .timeLimit(.minutes(5)))
struct LimitsTests {
    @Test("A body that is declared too large is refused before it is read")
    func declaredTooLarge() async throws {
        try await RunningDoor.open(limits: { $0.bodyBytes = 1000 }) { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(try TestRequest.classic(body: Data(repeating: 1, count: 1001)).head)
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 413)
                #expect(answer.reason == "body_too_large")
                #expect(answer.headers["connection"] == "close")
                await connection.waitForClose()
            }
            try await door.expect(200, for: .classic(body: Data(repeating: 1, count: 1000)))
        }
    }

    @Test("A sender that does not stop still gets to read the answer")
    func answerIsReadable() async throws {
        try await RunningDoor.open(limits: { $0.bodyBytes = 1000 }) { door in
            let answer = try await door.answer(to: .classic(body: Data(repeating: 1, count: 500_000)))
            #expect(answer?.status == 413)
        }
    }

    @Test("A chunked body is counted while it comes")
    func chunkedTooLarge() async throws {
        try await RunningDoor.open(limits: { $0.bodyBytes = 1000 }) { door in
            let large = try TestRequest.classic(body: Data(repeating: 1, count: 1001)).with { $0.chunks = 100 }
            try await door.expect(413, for: large)
            let fitting = try TestRequest.classic(body: Data(repeating: 1, count: 1000)).with { $0.chunks = 100 }
            try await door.expect(200, for: fitting)
            #expect(door.counters.counts.bytesInFlight == 0)
        }
    }

    @Test("Headers too large or too many")
    func headersTooLarge() async throws {
        try await RunningDoor.open { door in
            let large = try TestRequest.classic().adding("X-Filler", String(repeating: "x", count: 40 << 10))
            let sum = try TestRequest.classic().with { request in
                request.headers += (0..<40).map { ("X-Filler-\($0)", String(repeating: "x", count: 1000)) }
            }
            let many = try TestRequest.classic().with { request in
                request.headers += (0..<101).map { ("X-Filler-\($0)", "x") }
            }
            for request in [large, sum, many] {
                let answer = try #require(try await door.answer(to: request))
                #expect(answer.status == 431)
                #expect(answer.reason == "headers_too_large")
                #expect(answer.headers["connection"] == "close")
            }
            #expect(door.inbox.calls.isEmpty)
            #expect(door.counters.counts.refused == ["headers_too_large": 3])
        }
    }

    @Test("Bodies held at once are limited over all connections")
    func bytesInFlight() async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        let limits: (inout DoorLimits) -> Void = {
            $0.bytesInFlight = 1000
            $0.bodyBytes = 600
        }
        try await RunningDoor.open(inbox: inbox, limits: limits) { door in
            try await RawConnection.open(port: door.port) { first in
                try await first.send(.classic(body: Data(repeating: 1, count: 600)))
                _ = await inbox.next()
                #expect(door.counters.counts.bytesInFlight == 600)
                for chunks in [nil, 50] {
                    let second = try TestRequest.classic(body: Data(repeating: 2, count: 401)).with {
                        $0.chunks = chunks
                    }
                    let answer = try #require(try await door.answer(to: second))
                    #expect(answer.status == 503)
                    #expect(answer.reason == "overloaded")
                    #expect(answer.headers["retry-after"] != nil)
                }
                gate.open()
                #expect(try await first.answer()?.status == 200)
            }
            try await door.expect(200, for: .classic(body: Data(repeating: 2, count: 401)))
            #expect(inbox.calls.count == 2)
        }
    }

    @Test("A small body has all its room before it comes, and gives it back when it does not come")
    func roomAhead() async throws {
        let limits: (inout DoorLimits) -> Void = {
            $0.bytesInFlight = 1000
            $0.bodyBytes = 1000
        }
        let counts = try await RunningDoor.open(limits: limits) { door in
            try await RawConnection.open(port: door.port) { first in
                let request = try TestRequest.classic(body: Data(repeating: 1, count: 600))
                    .adding("Expect", "100-continue")
                try await first.send(request.head)
                #expect(try await first.answer()?.status == 100)
                #expect(door.counters.counts.bytesInFlight == 600)
                let second = try await door.answer(to: .classic(body: Data(repeating: 2, count: 401)))
                #expect(second?.reason == "overloaded")
                try await first.send(request.body)
                #expect(try await first.answer()?.status == 200)
                try await first.send(request.head)
                #expect(try await first.answer()?.status == 100)
            }
        }
        #expect(counts.bytesInFlight == 0)
    }

    @Test("A sender that waits for leave to send is given it, or refused at once")
    func expectContinue() async throws {
        try await RunningDoor.open(limits: { $0.bodyBytes = 1000 }) { door in
            try await RawConnection.open(port: door.port) { connection in
                let request = try TestRequest.classic().adding("Expect", "100-continue")
                try await connection.send(request.head)
                #expect(try await connection.answer()?.status == 100)
                try await connection.send(request.body)
                #expect(try await connection.answer()?.status == 200)
            }
            try await RawConnection.open(port: door.port) { connection in
                let request = try TestRequest.classic(body: Data(count: 1001)).adding("Expect", "100-continue")
                try await connection.send(request.head)
                #expect(try await connection.answer()?.status == 413)
            }
        }
    }
}
