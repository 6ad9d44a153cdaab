import Foundation
import InboxCore
import Listener
import Testing

@Suite("Connections", .timeLimit(.minutes(5)))
struct ConnectionTests {
    @Test("One connection carries many requests, accepted and refused")
    func keepAlive() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                for (request, status) in [
                    (try TestRequest.classic(), 200), (.get("/healthz"), 200), (.get("/healthz", method: "HEAD"), 200),
                    (try .classic().setting("x-shopify-topic", to: "-"), 400), (.get("/nowhere"), 404),
                    (try .event(), 200),
                ] {
                    try await connection.send(request)
                    let answer = try #require(try await connection.answer(hasBody: request.method != "HEAD"))
                    #expect(answer.status == status)
                }
            }
        }
    }

    @Test("Pipelined requests are answered in their order")
    func pipelining() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(
                    TestRequest.classic(id: "one").bytes + TestRequest.get("/nowhere").bytes
                        + TestRequest.classic(id: "two").with { $0.chunks = 7 }.bytes)
                #expect(try await connection.answer()?.text.contains("id-of-one") == true)
                #expect(try await connection.answer()?.status == 404)
                #expect(try await connection.answer()?.text.contains("id-of-two") == true)
            }
        }
    }

    @Test("Nonsense behind a good request does not cost that request its answer")
    func nonsenseBehind() async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        try await RunningDoor.open(inbox: inbox) { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(TestRequest.classic().bytes + Data("\u{1}\u{2}\r\n\r\n".utf8))
                _ = await inbox.next()
                gate.open()
                #expect(try await connection.answer()?.status == 200)
                #expect(try await connection.answer()?.reason == "malformed_request")
                #expect(try await connection.answer() == nil)
            }
        }
    }

    @Test(
        "A fault in the body of a second request is told once the first has been stored",
        arguments: ["zz\r\n", "5\r\nhel"])
    func faultInSecondBody(chunks: String) async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        try await RunningDoor.open(inbox: inbox, limits: { $0.bodyGrace = .seconds(3600) }) { door in
            try await RawConnection.open(port: door.port) { connection in
                let second = try TestRequest.classic(id: "two").with { $0.chunks = 5 }
                try await connection.send(TestRequest.classic(id: "one").bytes + second.head + Data(chunks.utf8))
                connection.finishSending()
                _ = await inbox.next()
                gate.open()
                #expect(try await connection.answer()?.status == 200)
                #expect(try await connection.answer()?.reason == "malformed_request")
                #expect(try await connection.answer() == nil)
            }
            #expect(door.counters.counts.refused == ["malformed_request": 1])
            #expect(inbox.calls.map(\.delivery.webhookID) == ["one"])
        }
    }

    @Test(
        "What is not HTTP is answered 400",
        arguments: [
            "hello\r\n\r\n", "POST /webhooks HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST /webhooks HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST /webhooks HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /webhooks HTTP/1.1\r\nbad header: x\r\n\r\n",
            "POST /webhooks HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ])
    func malformed(text: String) async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(text)
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 400)
                await connection.waitForClose()
            }
            #expect(door.inbox.calls.isEmpty)
        }
    }

    @Test("A body cut off by the sender is not taken for the whole of it")
    func cutOff() async throws {
        try await RunningDoor.open { door in
            for chunks in [nil, 10] {
                try await RawConnection.open(port: door.port) { connection in
                    let request = try TestRequest.classic().with { $0.chunks = chunks }
                    try await connection.send(request.bytes.dropLast(5))
                    connection.finishSending()
                    #expect(try await connection.answer()?.reason == "malformed_request")
                    await connection.waitForClose()
                }
            }
            #expect(door.counters.counts.refused == ["malformed_request": 2])
            #expect(door.inbox.calls.isEmpty)
        }
    }

    @Test("A sender that closes its side after the request still gets the answer")
    func halfClose() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(.classic())
                connection.finishSending()
                #expect(try await connection.answer()?.status == 200)
                await connection.waitForClose()
            }
        }
    }

    @Test("A connection is closed after the answer when the sender asks for it")
    func connectionClose() async throws {
        try await RunningDoor.open { door in
            try await RawConnection.open(port: door.port) { connection in
                try await connection.send(.classic().adding("Connection", "close"))
                #expect(try await connection.answer()?.status == 200)
                #expect(try await connection.answer() == nil)
            }
        }
    }
}
