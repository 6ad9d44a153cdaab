import Foundation
import NIOCore
import ServiceLifecycle

/// The connection that an answer is sent on.
struct Connection {
    let channel: any Channel

    /// Waits without sending.
    ///
    /// - Returns: `false` when the connection ended first, because the client has gone or the server stops.
    func pause(for duration: Duration) async -> Bool {
        guard duration > .zero else { return true }
        let end = channel.eventLoop.makePromise(of: Bool.self)
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(duration)) { end.succeed(true) }
        channel.closeFuture.whenComplete { _ in
            timer.cancel()
            end.succeed(false)
        }
        return await withGracefulShutdownHandler {
            (try? await end.futureResult.get()) ?? false
        } onGracefulShutdown: { [channel] in
            channel.close(promise: nil)
        }
    }

    func close() async {
        try? await channel.close()
    }

    /// Closes the connection with a reset: what has not left yet is lost.
    func reset() async {
        let options = channel as? any SocketOptionProvider
        try? await options?.unsafeSetSocketOption(level: .socket, name: .so_linger, value: Linger(isOn: 1, seconds: 0))
            .get()
        await close()
    }

    /// C's `struct linger`, whose module is one of NIO's own and cannot be imported here. With no time to linger the
    /// kernel resets a connection instead of closing it in order.
    private struct Linger {
        var isOn: CInt
        var seconds: CInt
    }
}
