import Foundation
import InboxCore
import Listener
import Testing

@Suite("Stopping", .timeLimit(.minutes(5)))
struct StoppingTests {
    @Test("A request in flight is finished, one behind it is sent away, and the door closes")
    func gracefulStop() async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        try await RunningDoor.open(inbox: inbox) { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(.classic(id: "one"))
                _ = await inbox.next()
                await door.stop()
                await untilRefused(port: door.port)
                try await connection.send(TestRequest.classic(id: "two").bytes)
                gate.open()
                #expect(try await connection.answer()?.text.contains("one") == true)
                // The second may have come too late to be read; it is never accepted.
                if let second = try await connection.answer() {
                    #expect(second.reason == "stopping")
                    #expect(second.headers["retry-after"] != nil)
                }
                await connection.waitForClose()
            }
            #expect(inbox.calls.map(\.delivery.webhookID) == ["one"])
        }
    }

    @Test("Requests pipelined before the stop are answered 503 after it, health as well")
    func pipelinedBeforeStop() async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        try await RunningDoor.open(inbox: inbox) { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(
                    TestRequest.classic(id: "one").bytes + TestRequest.classic(id: "two").bytes)
                _ = await inbox.next()
                await door.stop()
                await untilRefused(port: door.port)
                gate.open()
                #expect(try await connection.answer()?.status == 200)
                let second = try #require(try await connection.answer())
                #expect(second.status == 503)
                #expect(second.reason == "stopping")
                #expect(second.headers["connection"] == "close")
                await connection.waitForClose()
            }
        }
    }

    @Test("Idle connections are closed at once")
    func idleConnections() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(.get("/healthz"))
                #expect(try await connection.answer()?.text == #"{"status":"ok"}"#)
                await door.stop()
                #expect(try await connection.answer() == nil)
            }
        }
    }

    @Test("A body that is still coming is not waited for", arguments: [false, true])
    func unfinishedBody(isBehindAnother: Bool) async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        let change: (inout DoorLimits) -> Void = {
            $0.bodyGrace = .seconds(3600)
            $0.bodyTime = .seconds(3600)
        }
        try await RunningDoor.open(inbox: inbox, limits: change) { door in
            try await RawConnection.open(port: door.port) { connection in
                let first =
                    try isBehindAnother ? TestRequest.classic(id: "one").bytes : TestRequest.get("/nowhere").bytes
                let second = try TestRequest.classic(id: "two")
                try await connection.send(first + second.head + second.body.prefix(5))
                if isBehindAnother {
                    _ = await inbox.next()
                } else {
                    #expect(try await connection.answer()?.status == 404)
                }
                await door.stop()
                await untilRefused(port: door.port)
                gate.open()
                if isBehindAnother { #expect(try await connection.answer()?.status == 200) }
                let answer = try #require(try await connection.answer())
                #expect(answer.reason == "stopping")
                #expect(answer.headers["retry-after"] != nil)
                #expect(answer.headers["connection"] == "close")
                await connection.waitForClose()
            }
            #expect(inbox.calls.count == (isBehindAnother ? 1 : 0))
        }
    }

    /// Returns once the door takes no connection any more.
    private func untilRefused(port: Int) async {
        while (try? await RawConnection.open(port: port) { _ in }) != nil { await Task.yield() }
    }
}
