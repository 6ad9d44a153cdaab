import NIOCore

/// Sits before the HTTP decoder and tells the guard that bytes have come: a slow header is no HTTP message yet.
final class ArrivalHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: ConnectionGuard

    init(_ connection: ConnectionGuard) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if connection.wantsBytes() { context.fireChannelRead(data) }
    }
}
