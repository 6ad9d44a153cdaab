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
        let (clients, arrivals) = AsyncStream.makeStream(of: RawClient.self)
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 512)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let client = try RawClient(channel)
                    if case .terminated = arrivals.yield(client) { channel.close(promise: nil) }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = RawServer(port: channel.localAddress?.port ?? 0, accepted: Tally())
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.serve(clients, script) }
            defer {
                channel.close(promise: nil)
                arrivals.finish()
                group.cancelAll()
            }
            return try await body(server)
        }
    }

    private func serve(_ clients: AsyncStream<RawClient>, _ script: @escaping Script) async {
        await withDiscardingTaskGroup { group in
            for await client in clients {
                accepted.add()
                group.addTask {
                    var connection = RawConnection(client)
                    // A broken connection is what some tests are about.
                    try? await script(&connection)
                    try? await client.channel.close()
                }
            }
        }
    }
}

/// A client that has connected, and the bytes it sends.
private struct RawClient: Sendable {
    let channel: any Channel
    let bytes: AsyncStream<ByteBuffer>

    /// On the channel's event loop.
    init(_ channel: any Channel) throws {
        let (bytes, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        self.channel = channel
        self.bytes = bytes
        try channel.pipeline.syncOperations.addHandler(RawReader(continuation))
    }
}

/// Hands on what is read, until the client closes.
private final class RawReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let continuation: AsyncStream<ByteBuffer>.Continuation

    init(_ continuation: AsyncStream<ByteBuffer>.Continuation) {
        self.continuation = continuation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        continuation.yield(unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
        continuation.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

/// One client of a ``RawServer``.
struct RawConnection {
    private let channel: any Channel
    private var inbound: AsyncStream<ByteBuffer>.AsyncIterator
    private var unread = ""

    fileprivate init(_ client: RawClient) {
        channel = client.channel
        inbound = client.bytes.makeAsyncIterator()
    }

    /// Reads the head of a request and as much body as it announces.
    ///
    /// - Returns: the whole as text, `nil` when the client has closed the connection.
    mutating func request() async -> String? {
        while true {
            if let end = endOfRequest {
                defer { unread = String(unread[end...]) }
                return String(unread[..<end])
            }
            guard let part = await inbound.next() else { return nil }
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
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func write(_ bytes: some Sequence<UInt8>) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// The head of a response whose body follows in chunks.
    func beginChunks(_ headers: String...) async throws {
        let lines = ["HTTP/1.1 200 OK", "Transfer-Encoding: chunked"] + headers + ["", ""]
        try await write(lines.joined(separator: "\r\n"))
    }

    func chunk(_ bytes: some Collection<UInt8>) async throws {
        try await write(Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8))
    }

    func chunk(_ text: String) async throws {
        try await chunk(Array(text.utf8))
    }

    func endChunks() async throws {
        try await write("0\r\n\r\n")
    }

    /// A complete response that leaves the connection open.
    func respond(_ body: String = "ok") async throws {
        try await write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Returns when the client has closed the connection.
    mutating func end() async {
        while await inbound.next() != nil {}
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
