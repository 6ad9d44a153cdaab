import Foundation
import InboxCore
import Listener
import Testing

@Suite("Limits of time", .timeLimit(.minutes(5)))
struct SlownessTests {
    /// Sends some bytes, and expects an answer and then the closing of the connection.
    private func expect(
        _ status: Int, _ reason: Refusal, after bytes: Data, limits: (inout DoorLimits) -> Void
    ) async throws {
        try await RunningDoor.open(limits: limits) { door in
            try await RawConnection.open(port: door.port) { connection in
                // On a busy machine the time may be over before the bytes are sent.
                try? await connection.send(bytes)
                let answer = try #require(try await connection.answer())
                #expect(answer.status == status)
                #expect(answer.reason == reason.rawValue)
                #expect(answer.headers["connection"] == "close")
                await connection.waitForClose()
            }
            #expect(door.counters.counts.refused == [reason.rawValue: 1])
            #expect(door.inbox.calls.isEmpty)
        }
    }

    @Test("Headers that do not end", arguments: ["", "POST /webhooks HTTP/1.1\r\nHost: local"])
    func slowHeaders(bytes: String) async throws {
        try await expect(408, .headersTooSlow, after: Data(bytes.utf8)) { $0.headerTime = .milliseconds(200) }
    }

    @Test("Headers that do not end, on a connection that has been used before")
    func slowHeadersLater() async throws {
        // The first request has to be in time for there to be a second: on a busy machine with a longer one.
        for headerTime in [1, 4, 16] where try await isCutLater(headerTime: .seconds(headerTime)) { return }
        Issue.record("no request was in time")
    }

    /// - Returns: `false` when the first request was late already.
    private func isCutLater(headerTime: Duration) async throws -> Bool {
        var isInTime = false
        try await RunningDoor.open(limits: { $0.headerTime = headerTime }) { door in
            try await RawConnection.open(port: door.port) { connection in
                try? await connection.send(.classic())
                guard try await connection.answer()?.status == 200 else { return }
                isInTime = true
                try await connection.send("POST /webhooks HT")
                #expect(try await connection.answer()?.reason == "headers_too_slow")
                await connection.waitForClose()
            }
        }
        return isInTime
    }

    @Test("A body that does not end")
    func slowBody() async throws {
        let request = try TestRequest.classic(body: Data(repeating: 1, count: 5000))
        try await expect(408, .bodyTooSlow, after: request.head + request.body.prefix(4000)) {
            $0.bodyTime = .milliseconds(200)
        }
    }

    @Test("A body below the slowest rate")
    func slowRate() async throws {
        let request = try TestRequest.classic(body: Data(repeating: 1, count: 5000))
        try await expect(408, .bodyTooSlow, after: request.head + request.body.prefix(100)) {
            $0.bodyGrace = .milliseconds(100)
            $0.bodyBytesPerSecond = 1000
        }
    }

    @Test("A body that came fast and stops one byte short")
    func stalledBody() async throws {
        let request = try TestRequest.classic(body: Data(repeating: 1, count: 1 << 20))
        try await expect(408, .bodyTooSlow, after: request.bytes.dropLast()) {
            // Long enough for a busy machine to send it all: what came after the end would be answered by a reset.
            $0.bodyGrace = .seconds(2)
            $0.bodyTime = .seconds(3600)
        }
    }

    @Test("A chunked body below the slowest rate gives its bytes back")
    func slowChunks() async throws {
        let counts = try await RunningDoor.open(limits: { $0.bodyGrace = .milliseconds(100) }) { door in
            try await RawConnection.open(port: door.port) { connection in
                let request = try TestRequest.classic().with { $0.chunks = 10 }
                try? await connection.send(request.head + Data("5\r\nhello\r\n".utf8))
                #expect(try await connection.answer()?.status == 408)
                await connection.waitForClose()
            }
        }
        #expect(counts.bytesInFlight == 0)
    }

    @Test("A store that takes too long is answered 503, and the connection closed")
    func slowStore() async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        try await RunningDoor.open(inbox: inbox, limits: { $0.answerTime = .milliseconds(200) }) { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(.classic())
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 503)
                #expect(answer.reason == "answer_too_slow")
                #expect(answer.headers["retry-after"] != nil)
                gate.open()
                await connection.waitForClose()
            }
        }
    }

    @Test("An idle connection is closed without a word")
    func idle() async throws {
        // It counts from the answer on: how long the request took to come does not matter.
        try await RunningDoor.open(limits: { $0.idleTime = .milliseconds(100) }) { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(.classic())
                #expect(try await connection.answer()?.status == 200)
                #expect(try await connection.answer() == nil)
            }
            #expect(door.counters.counts.refused.isEmpty)
        }
    }
}
