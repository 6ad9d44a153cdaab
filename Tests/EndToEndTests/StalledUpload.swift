import Foundation
import NIOCore
import NIOPosix

/// A sender without a secret that sends a large body fast and stops one byte short.
struct StalledUpload {
    private static let bodyBytes = 8 << 20
    /// Well-formed, and the code of nothing.
    private static let head = """
        POST /webhooks HTTP/1.1\r
        Host: localhost\r
        X-Shopify-Hmac-Sha256: \(Data(count: 32).base64EncodedString())\r
        Content-Length: \(bodyBytes)\r
        \r

        """

    /// - Parameter onStalled: called when it sends no more, or cannot.
    /// - Returns: the status of the answer; `nil` when there was none.
    static func run(to url: String, onStalled: () -> Void) async throws -> Int? {
        guard let place = URL(string: url), let host = place.host, let port = place.port else {
            throw URLError(.badURL)
        }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            // It is cut off when there is no room for it.
            try? await send(outbound)
            onStalled()
            var text = ""
            do {
                for try await bytes in inbound { text += String(buffer: bytes) }
            } catch {
                // Reset behind the answer.
            }
            return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        }
    }

    private static func send(_ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws {
        try await outbound.write(ByteBuffer(string: head))
        let piece = ByteBuffer(repeating: 0x61, count: 64 << 10)
        for _ in 1..<(bodyBytes / piece.readableBytes) { try await outbound.write(piece) }
        try await outbound.write(ByteBuffer(repeating: 0x61, count: piece.readableBytes - 1))
    }
}
