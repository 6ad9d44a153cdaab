import Foundation
import InboxCore
import Listener
import Testing

/// Senders that go away, or ask before they send.
@Suite("Hostile HTTP: leaving early", .timeLimit(.minutes(5)))
struct EarlyCloseTests {
    /// Where a request is cut off: how many of its bytes are sent.
    private static func cuts(of request: TestRequest) -> [Int] {
        let head = request.head.count
        return [0, 1, 10, head - 3, head - 1, head, head + 1, request.bytes.count - 1]
    }

    @Test(
        "A sender that closes its side in the middle is answered 400; one that says nothing, nothing",
        arguments: [nil, 7])
    func halfClose(chunks: Int?) async throws {
        let request = try TestRequest.classic().with { $0.chunks = chunks }
        let cuts = Self.cuts(of: request)
        let counts = try await RunningDoor.open { door in
            for cut in cuts {
                try await RawConnection.open(port: door.port) { connection in
                    try await connection.send(request.bytes.prefix(cut))
                    connection.finishSending()
                    let answer = try await connection.answer()
                    #expect(answer?.reason == (cut == 0 ? nil : "malformed_request"), "after \(cut) bytes")
                    await connection.waitForClose()
                }
            }
            #expect(door.inbox.calls.isEmpty)
            try await door.expect(200, for: request)
        }
        #expect(counts.refused == ["malformed_request": cuts.count - 1])
        #expect(counts.bytesInFlight == 0)
    }

    @Test("A sender that goes away in the middle leaves nothing behind", arguments: [nil, 7])
    func goneAway(chunks: Int?) async throws {
        let request = try TestRequest.classic(body: Data(repeating: 0x61, count: 100_000)).with { $0.chunks = chunks }
        let counts = try await RunningDoor.open { door in
            for cut in Self.cuts(of: request) {
                try await RawConnection.open(port: door.port) { try await $0.send(request.bytes.prefix(cut)) }
            }
            #expect(door.inbox.calls.isEmpty)
            try await door.expect(200, for: request)
        }
        #expect(counts.accepted == 1)
        #expect(counts.bytesInFlight == 0)
    }

    @Test("Leave to send is given when the head is good, and not to one whose body will not be wanted")
    func expectContinue() async throws {
        try await RunningDoor.open(limits: { $0.bodyBytes = 1000 }) { door in
            let good = try TestRequest.classic().adding("Expect", "100-continue")
            for (request, status) in [
                (good.without("x-shopify-hmac-sha256"), 401),
                (good.setting("x-shopify-hmac-sha256", to: "x"), 401), (good.with { $0.target = "/nowhere" }, 404),
                (good.with { $0.method = "PUT" }, 405), (good.with { $0.body = Data(count: 1001) }, 413),
            ] {
                try await RawConnection.open(port: door.port) { connection in
                    try await connection.send(request.head)
                    let answer = try #require(try await connection.answer())
                    #expect(answer.status == status)
                    #expect(answer.headers["connection"] == "close")
                    await connection.waitForClose()
                }
            }
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(good.with { $0.chunks = 10 }.head)
                #expect(try await connection.answer()?.status == 100)
                try await connection.send(
                    good.with { $0.chunks = 10 }.bytes.dropFirst(good.with { $0.chunks = 10 }.head.count))
                #expect(try await connection.answer()?.status == 200)
            }
        }
    }

    @Test("HTTP/1.0 is given no leave to send: it would take that for the answer")
    func expectOfOld() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(
                    HostileRequest.withLength(line: "POST /webhooks HTTP/1.0", ["Expect: 100-continue"]))
                #expect(try await connection.answer()?.status == 200)
                #expect(try await connection.answer() == nil)
            }
        }
    }
}
