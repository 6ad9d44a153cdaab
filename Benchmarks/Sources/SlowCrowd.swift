import Cryptography
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Connections that take their time: every other one over its headers, the rest over their bodies. One that is cut off
/// comes again.
struct SlowCrowd: Sendable {
    let port: Int
    /// The addresses of loopback to connect from, one for each connection.
    let sources: [String]

    /// How many connections are open, and how many have been cut off.
    final class Tally: Sendable {
        private let state = Mutex((open: 0, cut: 0))

        var open: Int { state.withLock { $0.open } }
        var cut: Int { state.withLock { $0.cut } }

        fileprivate func opened() { state.withLock { $0.open += 1 } }
        fileprivate func closed() {
            state.withLock { state in
                state.open -= 1
                state.cut += 1
            }
        }
    }

    private static let pause = Duration.milliseconds(500)

    /// Runs until cancelled.
    func run(_ tally: Tally) async {
        await withDiscardingTaskGroup { group in
            for (index, source) in sources.enumerated() {
                group.addTask {
                    // Not all at the same moment.
                    try? await Task.sleep(for: Self.pause * index / sources.count)
                    while !Task.isCancelled {
                        await trickle(from: source, opening: index % 2 == 0 ? Self.endlessHead : Self.slowBody, tally)
                        try? await Task.sleep(for: Self.pause)
                    }
                }
            }
        }
    }

    private static let endlessHead = "POST /webhooks HTTP/1.1\r\nHost: bench\r\nX-Filler: "

    /// With a signature that could be one, so that the body is waited for.
    private static let slowBody =
        "POST /webhooks HTTP/1.1\r\nHost: bench\r\nContent-Length: 100000\r\nX-Shopify-Hmac-Sha256: "
        + Data(count: 32).base64EncodedString() + "\r\n\r\n"

    /// Sends a byte now and then until the connection is closed.
    private func trickle(from source: String, opening: String, _ tally: Tally) async {
        guard
            let channel = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(to: SocketAddress(ipAddress: source, port: 0))
                .connect(to: SocketAddress(ipAddress: "127.0.0.1", port: port)).get()
        else { return }
        tally.opened()
        do {
            try await channel.writeAndFlush(ByteBuffer(string: opening))
            while channel.isActive {
                try await Task.sleep(for: Self.pause)
                try await channel.writeAndFlush(ByteBuffer(string: "a"))
            }
        } catch {
            // Closed by the door, or the measurement is over.
        }
        tally.closed()
        try? await channel.close()
    }
}
