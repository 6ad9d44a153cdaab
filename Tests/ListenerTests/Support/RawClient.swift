import Foundation
import NIOCore
import NIOPosix

/// One TCP connection on which a test writes the bytes it likes and reads answers.
struct RawConnection {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = Data()

    /// Connects, runs the closure and closes.
    ///
    /// - Parameter source: the address of loopback to connect from.
    static func open<Result>(
        port: Int, from source: String = "127.0.0.1", _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(to: SocketAddress(ipAddress: source, port: 0))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&connection)
        }
    }

    private init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    func send(_ bytes: Data) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    func send(_ text: String) async throws {
        try await send(Data(text.utf8))
    }

    func send(_ request: TestRequest) async throws {
        try await send(request.bytes)
    }

    /// The side that writes, for a test that writes and reads at once.
    var sender: Sender {
        Sender(outbound: outbound)
    }

    struct Sender: Sendable {
        fileprivate let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

        func send(_ bytes: Data) async throws {
            try await outbound.write(ByteBuffer(bytes: bytes))
        }
    }

    /// Says that nothing more will be sent.
    func finishSending() {
        outbound.finish()
    }

    /// The next answer; `nil` when the connection is closed before one has come whole.
    ///
    /// - Parameter hasBody: `false` for the answer to a HEAD request.
    mutating func answer(hasBody: Bool = true) async throws -> TestAnswer? {
        while true {
            if let (answer, length) = TestAnswer.parse(received, hasBody: hasBody) {
                received.removeFirst(length)
                received = Data(received)
                return answer
            }
            guard try await readMore() else { return nil }
        }
    }

    /// What comes before the server closes the connection, in whichever way it does; `nil` for nothing.
    mutating func ending() async -> Data? {
        await waitForClose()
        return received.isEmpty ? nil : received
    }

    /// Reads until the server closes, and drops what comes.
    mutating func waitForClose() async {
        while (try? await readMore()) == true {}
    }

    private mutating func readMore() async throws -> Bool {
        guard let bytes = try await inbound.next() else { return false }
        received.append(contentsOf: bytes.readableBytesView)
        return true
    }
}

struct TestAnswer: Sendable {
    var status: Int
    /// Names in lower case.
    var headers: [String: String]
    var body: Data

    var text: String {
        String(decoding: body, as: UTF8.self)
    }

    /// The member `reason` of the JSON body.
    var reason: String? {
        ((try? JSONSerialization.jsonObject(with: body)) as? [String: Any])?["reason"] as? String
    }

    static func parse(_ data: Data, hasBody: Bool) -> (TestAnswer, Int)? {
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let pairs = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces))
        }
        let headers = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        let status = Int(lines[0].split(separator: " ")[1]) ?? 0
        let length = hasBody ? Int(headers["content-length"] ?? "0") ?? 0 : 0
        guard data.endIndex - end.upperBound >= length else { return nil }
        let body = Data(data[end.upperBound..<end.upperBound + length])
        return (TestAnswer(status: status, headers: headers, body: body), end.upperBound + length - data.startIndex)
    }
}
