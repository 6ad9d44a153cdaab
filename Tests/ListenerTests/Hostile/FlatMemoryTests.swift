import Foundation
import InboxCore
import Listener
import Testing

/// However much is sent, only so much is held.
@Suite("Hostile HTTP: memory", .timeLimit(.minutes(5)))
struct FlatMemoryTests {
    @Test("What is refused for its head is not held, however large its body")
    func refused() async throws {
        let piece = Data(repeating: 0x61, count: 1 << 20)
        let counts = try await RunningDoor.open { door in
            let good = try TestRequest.classic(body: Data(count: 10 << 20))
            for request in [good.without("x-shopify-hmac-sha256"), good.with { $0.target = "/nowhere" }] {
                try await RawConnection.open(port: door.port) { connection in
                    try await connection.send(request.head)
                    for _ in 0..<10 { try? await connection.send(piece) }
                    #expect([401, 404].contains(try await connection.answer()?.status))
                }
            }
        }
        #expect(counts.mostBytesInFlight == 0)
    }

    @Test("Bodies without end are held up to the limit, all together, and then given back")
    func bodies() async throws {
        let limit = 1 << 20
        let limits: (inout DoorLimits) -> Void = {
            $0.bytesInFlight = limit
            $0.bodyBytes = limit
        }
        let counts = try await RunningDoor.open(limits: limits) { door in
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await RawConnection.open(port: door.port) { connection in
                            try await connection.send(TestRequest.classic().with { $0.chunks = 1 }.head)
                            let chunk =
                                Data("10000\r\n".utf8) + Data(repeating: 0x61, count: 1 << 16) + Data("\r\n".utf8)
                            for _ in 0..<64 { try? await connection.send(chunk) }
                            return try await connection.answer()?.status
                        }
                    }
                }
                // Those that fit stay open until the sender stops; of the others each is told.
                for try await status in group { #expect(status == 503 || status == 413) }
            }
        }
        #expect(counts.mostBytesInFlight > limit / 2)
        #expect(counts.bytesInFlight == 0)
    }

    @Test("Requests sent without waiting for answers are taken a few at a time, and answered in their order")
    func pipelining() async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: "id-of-\(delivery.webhookID)")
        }
        let count = 2000
        let counts = try await RunningDoor.open(inbox: inbox) { door in
            try await RawConnection.open(port: door.port) { connection in
                let bytes = try (0..<count).reduce(into: Data()) { $0 += try TestRequest.classic(id: "\($1)").bytes }
                let sending = connection.sender
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await sending.send(bytes) }
                    _ = await inbox.next()
                    gate.open()
                    for index in 0..<count {
                        let answer = try #require(try await connection.answer())
                        #expect(answer.text.hasSuffix(#""id-of-\#(index)"}"#))
                    }
                    try await group.waitForAll()
                }
            }
        }
        #expect(counts.accepted == count)
        // One at a time: no more than one body was ever held.
        #expect(counts.mostBytesInFlight == HostileRequest.body.utf8.count)
    }

    @Test("A sender that closes its side behind many requests gets all its answers")
    func halfCloseBehindMany() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                let bytes = try (0..<100).reduce(into: Data()) { $0 += try TestRequest.classic(id: "\($1)").bytes }
                try await connection.send(bytes)
                connection.finishSending()
                for index in 0..<100 {
                    #expect(try await connection.answer()?.text.hasSuffix(#""id-of-\#(index)"}"#) == true)
                }
                #expect(try await connection.answer() == nil)
            }
        }
    }

    @Test("What comes behind an upgrade is thrown away")
    func upgrade() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(
                    "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
                #expect(try await connection.answer()?.headers["connection"] == "close")
                for _ in 0..<16 { try? await connection.send(Data(count: 1 << 20)) }
                #expect(await connection.ending() == nil)
            }
        }
    }
}
