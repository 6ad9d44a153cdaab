import Addresses
import Foundation
import InboxCore
import Listener
import Testing

@Suite("Limits by address", .timeLimit(.minutes(5)))
struct CallerLimitsTests {
    /// Connects so many times from an address, keeps the connections open, and runs the closure.
    private func holding(
        _ count: Int, of door: RunningDoor, from source: String, _ body: @Sendable () async throws -> Void
    ) async throws {
        guard count > 0 else { return try await body() }
        try await RawConnection.open(port: door.port, from: source) { connection in
            try await connection.send(.get("/healthz"))
            #expect(try await connection.answer()?.status == 200)
            try await holding(count - 1, of: door, from: source, body)
        }
    }

    @Test("A connection beyond those of its address is closed at once; other addresses go on")
    func connections() async throws {
        let counts = try await RunningDoor.open(trusting: TrustedProxies([]), limits: { $0.perAddress = 3 }) { door in
            try await holding(3, of: door, from: "127.0.0.2") {
                try await RawConnection.open(port: door.port, from: "127.0.0.2") { connection in
                    #expect(await connection.ending() == nil)
                }
                try await holding(3, of: door, from: "127.0.0.3") {}
            }
            // Those that have gone make room.
            try await until { try await isTaken(door, from: "127.0.0.2") }
        }
        #expect(counts.refused["too_many_from_address", default: 0] >= 1)
    }

    @Test("A connection beyond all together is closed at once, whatever its address")
    func allConnections() async throws {
        let counts = try await RunningDoor.open(limits: { $0.connections = 2 }) { door in
            try await holding(2, of: door, from: "127.0.0.1") {
                try await RawConnection.open(port: door.port, from: "127.0.0.2") { connection in
                    #expect(await connection.ending() == nil)
                }
            }
            try await until { try await isTaken(door, from: "127.0.0.2") }
        }
        #expect(counts.refused["too_many_connections", default: 0] >= 1)
    }

    @Test("Behind a trusted proxy requests under way count, by the address that it names")
    func requests() async throws {
        let gate = Gate()
        let inbox = RecordingInbox { delivery in
            await gate.pass()
            return .stored(id: delivery.webhookID)
        }
        func request(_ id: String, for address: String) throws -> TestRequest {
            try .classic(id: id).adding("X-Forwarded-For", "198.51.100.77, \(address)")
        }
        try await RunningDoor.open(inbox: inbox, limits: { $0.perAddress = 1 }) { door in
            try await RawConnection.open(port: door.port) { first in
                try await first.send(request("one", for: "203.0.113.1"))
                _ = await inbox.next()
                let second = try #require(try await door.answer(to: request("two", for: "203.0.113.1")))
                #expect(second.status == 503)
                #expect(second.reason == "too_many_from_address")
                #expect(second.headers["retry-after"] != nil)
                try await RawConnection.open(port: door.port) { other in
                    try await other.send(request("three", for: "203.0.113.2"))
                    _ = await inbox.next()
                    gate.open()
                    #expect(try await other.answer()?.status == 200)
                }
                #expect(try await first.answer()?.status == 200)
            }
            try await door.expect(200, for: request("four", for: "203.0.113.1"))
            #expect(door.refusals.recent.map(\.address) == ["203.0.113.1"])
        }
    }

    @Test("An address that holds its share of all bodies leaves room for others")
    func share() async throws {
        let limits: (inout DoorLimits) -> Void = {
            $0.bytesInFlight = 4000
            $0.bodyBytes = 1000
        }
        let request = try TestRequest.classic(body: Data(repeating: 1, count: 500))
        let counts = try await RunningDoor.open(trusting: TrustedProxies([]), limits: limits) { door in
            // Each stops one byte short.
            try await stalling(request, times: 2, at: door, from: "127.0.0.2") {
                let refused = try await RawConnection.open(port: door.port, from: "127.0.0.2") { connection in
                    try await connection.send(request)
                    return try await connection.answer()
                }
                #expect(refused?.status == 503)
                #expect(refused?.reason == "too_many_from_address")
                #expect(refused?.headers["retry-after"] != nil)
                let taken = try await RawConnection.open(port: door.port, from: "127.0.0.3") { connection in
                    try await connection.send(request)
                    return try await connection.answer()
                }
                #expect(taken?.status == 200)
            }
        }
        #expect(counts.bytesInFlight == 0)
    }

    /// Begins a request so many times from an address, all of it but its last byte, and runs the closure.
    private func stalling(
        _ request: TestRequest, times: Int, at door: RunningDoor, from source: String,
        _ body: @Sendable () async throws -> Void
    ) async throws {
        guard times > 0 else { return try await body() }
        let held = door.counters.counts.bytesInFlight
        try await RawConnection.open(port: door.port, from: source) { connection in
            try await connection.send(request.bytes.dropLast())
            try await until { door.counters.counts.bytesInFlight == held + request.body.count }
            try await stalling(request, times: times - 1, at: door, from: source, body)
        }
    }

    @Test("Nobody else names an address")
    func untrusted() async throws {
        try await RunningDoor.open(trusting: TrustedProxies([])) { door in
            _ = try await RawConnection.open(port: door.port, from: "127.0.0.9") { connection in
                try await connection.send(TestRequest.get("/x").adding("X-Forwarded-For", "203.0.113.1"))
                return try await connection.answer()
            }
            #expect(door.refusals.recent.map(\.address) == ["127.0.0.9"])
        }
    }

    private func isTaken(_ door: RunningDoor, from source: String) async throws -> Bool {
        try await RawConnection.open(port: door.port, from: source) { connection in
            try? await connection.send(.get("/healthz"))
            return (try? await connection.answer())?.status == 200
        }
    }

    /// Asks again and again; the suite's time limit ends it.
    private func until(_ isSo: () async throws -> Bool) async throws {
        while try await !isSo() { await Task.yield() }
    }
}
