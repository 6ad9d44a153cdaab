import NIOCore

/// Closes a connection as soon as the client closes its side, also while a request is being answered.
///
/// The server allows half-closed connections; without this an answer that hangs would not notice that its client
/// has given up.
final class CloseWithClient: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }
}
