import Foundation
import HTTPTransport
import ModelClient
import ModelStandIn
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CancellationTests {
    @Test func `closes the connection of a cancelled call`() async throws {
        let server = try SilentServer()
        let transport = CurlTransport()
        var configuration = ModelClientConfiguration.sample()
        configuration.providers[0].baseURL = "http://127.0.0.1:\(server.port)/v1"
        let client = FallbackClient(transport, configuration, time: VirtualTime())
        let call = Task { try await client.answer(.sample()) }
        var moments = server.moments.makeAsyncIterator()
        #expect(await moments.next() == .requestArrived)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(await moments.next() == .connectionClosed)
        await transport.close()
    }

    @Test func `gives the place of a cancelled call to the next`() async throws {
        let standIn = StandInConfiguration(faults: [FaultRule(model: "first", fault: .hang, times: 1)])
        try await StandInStage.with(standIn, adjust: { $0.limits.concurrency = 1 }) { stage in
            let client = stage.client
            let call = Task { try await client.answer(.sample()) }
            for await _ in stage.arrivals.prefix(1) {}
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            let next = try await client.answer(.sample())
            #expect(next.model == "first")
        }
    }
}

/// Takes one connection on loopback, reads and never answers.
private struct SilentServer {
    enum Moment: Sendable {
        case requestArrived, connectionClosed
    }

    let port: Int
    let moments: AsyncStream<Moment>

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { addresses in
                bind(listener, addresses.baseAddress, length) | listen(listener, 1)
                    | getsockname(listener, addresses.baseAddress, &length)
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(in_port_t(bigEndian: address.sin_port))
        let (moments, continuation) = AsyncStream.makeStream(of: Moment.self)
        self.moments = moments
        // Blocking calls, so on a thread of its own.
        Thread.detachNewThread { Self.serve(listener, continuation) }
    }

    private static func serve(_ listener: Int32, _ moments: AsyncStream<Moment>.Continuation) {
        let connection = accept(listener, nil, nil)
        close(listener)
        var buffer = [UInt8](repeating: 0, count: 4096)
        var hasArrived = false
        while read(connection, &buffer, buffer.count) > 0 {
            if !hasArrived { moments.yield(.requestArrived) }
            hasArrived = true
        }
        close(connection)
        moments.yield(.connectionClosed)
        moments.finish()
    }
}
