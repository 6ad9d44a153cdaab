import NIOCore

/// Sits before the HTTP decoder and hands it what the scanner lets pass: whole heads and what comes of their bodies,
/// and no more requests at once than may wait for their answers. What comes beyond that waits here, and nothing more is
/// read meanwhile.
final class ArrivalHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private(set) var scanner: RequestScanner
    /// Told of what passes; `nil` once it has left the pipeline.
    private var connection: ConnectionGuard?
    private var context: ChannelHandlerContext?
    /// Not scanned yet.
    private var waiting = ByteBuffer()
    /// Scanned, but not the end of a head: the decoder, which has another opinion of some, sees a head when it is
    /// whole.
    private var head = ByteBuffer()
    private var isReadWanted = false
    private var isInputClosed = false

    /// The system may hand over all that it holds when the other side closes; more than this is not kept.
    private static let mostWaiting = 512 << 10

    init(_ connection: ConnectionGuard, limits: DoorLimits) {
        self.connection = connection
        scanner = RequestScanner(headBytes: limits.headerBytes, headFields: limits.headerFields)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        connection = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard connection?.wantsBytes == true else {
            waiting = ByteBuffer()
            return
        }
        var bytes = unwrapInboundIn(data)
        if waiting.readableBytes == 0 {
            waiting = bytes
        } else {
            guard waiting.readableBytes + bytes.readableBytes <= Self.mostWaiting else {
                waiting = ByteBuffer()
                return context.fireErrorCaught(Refusal.overloaded)
            }
            waiting.writeBuffer(&bytes)
        }
        handOn(context)
    }

    func read(context: ChannelHandlerContext) {
        if waiting.readableBytes > 0 {
            isReadWanted = true
        } else {
            ask(context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection?.readEnded()
        context.fireChannelReadComplete()
    }

    /// Asks for more than has come; until then nothing is read.
    private func ask(_ context: ChannelHandlerContext) {
        connection?.readBegan()
        context.read()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .some(.inputClosed) = event as? ChannelEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        if waiting.readableBytes > 0 {
            isInputClosed = true
        } else {
            closeInput(context)
        }
    }

    /// Of half a head the decoder knows nothing.
    private func closeInput(_ context: ChannelHandlerContext) {
        if head.readableBytes > 0 { context.fireErrorCaught(Refusal.malformedRequest) }
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    /// Told by the guard that an answer has been given.
    func answered() {
        guard let context, waiting.readableBytes > 0 else { return }
        handOn(context)
        context.fireChannelReadComplete()
        guard waiting.readableBytes == 0 else { return }
        if isInputClosed {
            isInputClosed = false
            closeInput(context)
        }
        if isReadWanted {
            isReadWanted = false
            ask(context)
        }
    }

    private func handOn(_ context: ChannelHandlerContext) {
        while waiting.readableBytes > 0, let connection {
            if scanner.isBetweenRequests, !connection.takesAnother { return }
            connection.bytesArrived()
            let bytes = waiting
            let (count, stop) = scanner.scan(bytes.readableBytesUInt8Span)
            if count > 0, let passed = waiting.readSlice(length: count) { take(passed, context) }
            switch stop {
            case .bytesEnded, .requestEnded: break
            case .closed: waiting = ByteBuffer()
            case .fault(let refusal):
                (waiting, head) = (ByteBuffer(), ByteBuffer())
                context.fireErrorCaught(refusal)
            }
        }
        // Gives the storage back.
        waiting = ByteBuffer()
    }

    private func take(_ passed: ByteBuffer, _ context: ChannelHandlerContext) {
        var passed = passed
        if scanner.isInHead {
            head.writeBuffer(&passed)
        } else if head.readableBytes == 0 {
            context.fireChannelRead(wrapInboundOut(passed))
        } else {
            head.writeBuffer(&passed)
            context.fireChannelRead(wrapInboundOut(head))
            head = ByteBuffer()
        }
    }
}
