import Foundation
import HTTPCore
import HTTPTransport
import Testing

/// A reader who is behind holds the server up, and loses nothing by it.
@Suite(.timeLimit(.minutes(3))) struct SlowReaderTests {
    /// No two places in it look alike.
    static let piece: [UInt8] = {
        var generator = SystemRandomNumberGenerator()
        return (0..<(64 << 10)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }()

    static let pieces = 1024
    /// 64 MiB, far more than the system's own buffers take.
    static let size = pieces * piece.count

    /// Answers `/pour` with 64 MiB, as fast as they are taken, and everything else with a few bytes.
    static func pour(counting written: Tally, ended: Milestone = Milestone()) -> RawServer.Script {
        { connection in
            while let request = await connection.request() {
                guard request.hasPrefix("GET /pour") else {
                    try await connection.respond()
                    continue
                }
                defer { ended.reach() }
                try await connection.write("HTTP/1.1 200 OK\r\nX-Id: 1\r\nContent-Length: \(size)\r\n\r\n")
                for _ in 0..<pieces {
                    try await connection.write(piece)
                    written.add()
                }
            }
        }
    }

    /// Gives the transport's thread many occasions to read on, until the server has written nothing all the while.
    static func waitUntilHeldUp(_ written: Tally, _ server: RawServer, _ transport: CurlTransport) async throws {
        var before = -1
        while written.count != before {
            before = written.count
            for _ in 0..<200 { _ = try await transport.send(server.get()) }
        }
    }

    @Test func theServerWaitsForAReaderWhoHasStoppedAndGoesOnWithHim() async throws {
        let written = Tally()
        try await withRawServer(script: Self.pour(counting: written)) { server, transport in
            let limits = TransportRequest.Limits(total: .seconds(3600), responseBytes: Self.size)
            let stream = try await transport.open(server.get("pour", limits: limits))
            try await Self.waitUntilHeldUp(written, server, transport)
            #expect(written.count < Self.pieces / 2)
            let expected = Data(Self.piece + Self.piece + Self.piece + Self.piece + Self.piece + Self.piece)
            var (offset, largest, mismatches) = (0, 0, 0)
            for try await part in stream.body {
                let start = offset % Self.piece.count
                if part != expected[start..<min(start + part.count, expected.count)] { mismatches += 1 }
                offset += part.count
                largest = max(largest, part.count)
            }
            #expect(offset == Self.size)
            #expect(mismatches == 0)
            #expect(largest <= 256 << 10)
        }
    }

    @Test func aStreamWhoseReaderHasStoppedEndsAtTheTotalLimit() async throws {
        let (written, ended) = (Tally(), Milestone())
        try await withRawServer(script: Self.pour(counting: written, ended: ended)) { server, transport in
            let limits = TransportRequest.Limits(total: .seconds(8), responseBytes: Self.size)
            let stream = try await transport.open(server.get("pour", limits: limits))
            await ended.reached()
            #expect(written.count < Self.pieces / 2)
            var count = 0
            let error = await #expect(throws: TransportError.self) {
                for try await part in stream.body { count += part.count }
            }
            #expect(error?.code == .timeout)
            #expect(error?.headers["x-id"] == "1")
            #expect(count > 0 && count <= 256 << 10, "what had come before")
        }
    }

    enum Framing: CaseIterable {
        case length, chunks, untilClosed
    }

    /// Answers `/behind` at once and in whole, and everything else with a few bytes.
    static func answer(_ body: [UInt8], as framing: Framing, isWritten: Milestone) -> RawServer.Script {
        { connection in
            while let request = await connection.request() {
                guard request.hasPrefix("GET /behind") else {
                    try await connection.respond()
                    continue
                }
                switch framing {
                case .length:
                    try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n")
                    try await connection.write(body)
                case .chunks:
                    try await connection.beginChunks("Trailer: B")
                    for start in stride(from: 0, to: body.count, by: 700) {
                        try await connection.chunk(body[start..<min(start + 700, body.count)])
                    }
                    try await connection.write("0\r\nB: 2\r\n\r\n")
                case .untilClosed:
                    try await connection.write("HTTP/1.1 200 OK\r\n\r\n")
                    try await connection.write(body)
                }
                isWritten.reach()
                if framing == .untilClosed { return }
            }
        }
    }

    @Test(arguments: Framing.allCases, [10, 2_000, 30_000])
    func whatEndsWhileTheReaderIsBehindArrivesWhole(framing: Framing, size: Int) async throws {
        let (body, isWritten) = (Array(Self.piece.prefix(size)), Milestone())
        let script = Self.answer(body, as: framing, isWritten: isWritten)
        try await withRawServer(.init(maxUnreadBytes: 1000), script: script) { server, transport in
            for _ in 0..<3 {
                let stream = try await transport.open(server.get("behind"))
                await isWritten.reached()
                for _ in 0..<20 { _ = try await transport.send(server.get()) }
                #expect(try await stream.body.collected() == Data(body))
            }
        }
    }

    @Test(arguments: Framing.allCases.filter { $0 != .length })
    func theLimitHoldsForWhatHasWaited(framing: Framing) async throws {
        let (body, isWritten) = (Array(Self.piece.prefix(30_000)), Milestone())
        let script = Self.answer(body, as: framing, isWritten: isWritten)
        try await withRawServer(.init(maxUnreadBytes: 1000), script: script) { server, transport in
            let stream = try await transport.open(server.get("behind", limits: .init(responseBytes: 29_999)))
            await isWritten.reached()
            for _ in 0..<20 { _ = try await transport.send(server.get()) }
            var read = Data()
            let error = await #expect(throws: TransportError.self) {
                for try await part in stream.body { read.append(part) }
            }
            #expect(error?.code == .responseTooLarge)
            #expect(read.count < 30_000 && Array(read) == Array(body.prefix(read.count)))
        }
    }

    @Test func aStreamThatIsHeldUpCanBeLetGo() async throws {
        let (written, ended) = (Tally(), Milestone())
        let script = Self.pour(counting: written, ended: ended)
        // Few handles, so that later requests come after the stream on the same one.
        let configuration = CurlTransport.Configuration(maxConnectionsPerHost: 2, idleHandles: 2)
        try await withRawServer(configuration, script: script) { server, transport in
            for _ in 0..<3 {
                let limits = TransportRequest.Limits(total: .seconds(3600), responseBytes: Self.size)
                var stream: TransportStream? = try await transport.open(server.get("pour", limits: limits))
                #expect(stream?.status == 200)
                try await Self.waitUntilHeldUp(written, server, transport)
                stream = nil
                await ended.reached()
                for _ in 0..<3 {
                    let response = try await transport.send(server.get())
                    #expect(response.text == "ok")
                }
            }
        }
    }
}
