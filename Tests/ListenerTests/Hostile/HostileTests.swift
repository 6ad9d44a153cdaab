import Foundation
import Listener
import Testing

/// RFC 9112 read strictly, against the open door: what is not a request, or could be read in two ways, is answered and
/// its connection closed. A webhook's sender has no reason to be forgiven.
@Suite("Hostile HTTP", .timeLimit(.minutes(5)))
struct HostileTests {
    @Test("Request lines and headers", arguments: try HostileRequest.heads())
    func heads(request: HostileRequest) async throws {
        try await expect(request)
    }

    @Test("Targets", arguments: try HostileRequest.targets())
    func targets(request: HostileRequest) async throws {
        try await expect(request)
    }

    @Test("Where a body ends", arguments: try HostileRequest.framing())
    func framing(request: HostileRequest) async throws {
        try await expect(request)
    }

    @Test("Chunks and trailers", arguments: try HostileRequest.chunks())
    func chunks(request: HostileRequest) async throws {
        try await expect(request)
    }

    @Test("Too much of something", arguments: try HostileRequest.oversized())
    func oversized(request: HostileRequest) async throws {
        try await expect(request)
    }

    @Test("Several requests in one go", arguments: try HostileRequest.pipelined())
    func pipelined(request: HostileRequest) async throws {
        try await expect(request)
    }

    @Test("A byte at a time, all is the same")
    func byteByByte() async throws {
        let all = try HostileRequest.heads() + HostileRequest.framing() + HostileRequest.chunks()
        try await RunningDoor.open { door in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for request in all where request.bytes.count < 2000 {
                    group.addTask { try await expect(request, of: door, inPiecesOf: 1) }
                }
                try await group.waitForAll()
            }
        }
    }

    private func expect(_ request: HostileRequest) async throws {
        let counts = try await RunningDoor.open { door in
            try await expect(request, of: door, inPiecesOf: request.bytes.count)
        }
        #expect(counts.bytesInFlight == 0)
        let refused = Dictionary(request.answers.compactMap { $0.reason.map { ($0, 1) } }, uniquingKeysWith: +)
        #expect(counts.refused == refused)
    }

    private func expect(_ request: HostileRequest, of door: RunningDoor, inPiecesOf size: Int) async throws {
        try await RawConnection.open(port: door.port) { connection in
            for start in stride(from: 0, to: request.bytes.count, by: size) {
                // The door may have cut the connection by now, as it should.
                try? await connection.send(request.bytes.dropFirst(start).prefix(size))
            }
            for (index, expected) in request.answers.enumerated() {
                let comment = Comment(rawValue: "\(request.name), answer \(index + 1)")
                let answer = try #require(try await connection.answer(), comment)
                #expect(answer.status == expected.status, comment)
                #expect(answer.reason == expected.reason, comment)
                #expect(!answer.text.contains(HostileRequest.marker), comment)
                #expect(!answer.text.contains { $0.isNewline }, comment)
                let isLast = index == request.answers.count - 1 && request.connection == .closed
                #expect((answer.headers["connection"] == "close") == isLast, comment)
                if expected.status == 405 { #expect(answer.headers["allow"] != nil, comment) }
            }
            switch request.connection {
            case .closed: #expect(try await connection.answer() == nil, Comment(rawValue: request.name))
            case .open:
                try await connection.send(HostileRequest.get)
                #expect(try await connection.answer()?.status == 200, Comment(rawValue: request.name))
            }
        }
    }
}
