import NIOCore
import NIOPosix
import Synchronization

/// A TCP server on the loopback interface that does with each connection what the test says, good manners or not.
///
/// A connection is closed when its script returns.
struct RawServer: Sendable {
    typealias Script = @Sendable (inout RawConnection) async throws -> Void

    let port: Int
    private let accepted: Tally

    var url: String { "http://127.0.0.1:\(port)/" }

    /// How many connections there have been.
    var connections: Int { accepted.count }

    static func run<Result: Sendable>(
        script: @escaping Script, during body: (RawServer) async throws -> Result
    ) async throws -> Result {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 512)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let server = RawServer(port: channel.channel.localAddress?.port ?? 0, accepted: Tally())
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.serve(channel, script) }
            do {
                let result = try await body(server)
                try await channel.channel.close()
                return result
            } catch {
                try await channel.channel.close()
                throw error
            }
        }
    }

    private func serve(
        _ channel: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>, _ script: @escaping Script
    ) async throws {
        try await channel.executeThenClose { clients in
            try await withThrowingDiscardingTaskGroup { group in
                for try await client in clients {
                    let number = accepted.add()
                    group.addTask {
                        // A broken connection is what some tests are about.
                        try? await client.executeThenClose { inbound, outbound in
                            var connection = RawConnection(
                                number: number, inbound: inbound.makeAsyncIterator(), outbound: outbound)
                            try await script(&connection)
                        }
                    }
                }
                // Only now: a client that has been accepted must be served, or NIO traps.
                group.cancelAll()
            }
        }
    }
}

/// One client of a ``RawServer``.
struct RawConnection {
    /// 1 for the first.
    let number: Int
    var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var unread = ""

    init(
        number: Int, inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.number = number
        self.inbound = inbound
        self.outbound = outbound
    }

    /// Reads the head of a request and as much body as it announces.
    ///
    /// - Returns: the whole as text, `nil` when the client has closed the connection.
    mutating func request() async throws -> String? {
        while true {
            if let end = endOfRequest {
                defer { unread = String(unread[end...]) }
                return String(unread[..<end])
            }
            guard let part = try await inbound.next() else { return nil }
            unread += String(buffer: part)
        }
    }

    private var endOfRequest: String.Index? {
        guard let head = unread.firstRange(of: "\r\n\r\n") else { return nil }
        let lengths = unread[..<head.lowerBound].split(separator: "\r\n").filter { $0.hasPrefix("Content-Length: ") }
        let length = lengths.first.flatMap { Int($0.dropFirst("Content-Length: ".count)) } ?? 0
        return unread.utf8.index(head.upperBound, offsetBy: length, limitedBy: unread.endIndex)
    }

    func write(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// A complete response that leaves the connection open.
    func respond(_ body: String = "ok") async throws {
        try await write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Returns when the client has closed the connection.
    mutating func end() async throws {
        while try await inbound.next() != nil {}
    }
}

/// A number that several tasks count up.
final class Tally: Sendable {
    private let value = Atomic(0)

    var count: Int { value.load(ordering: .sequentiallyConsistent) }

    @discardableResult
    func add() -> Int {
        value.add(1, ordering: .sequentiallyConsistent).newValue
    }
}
