import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Stands between the HTTP decoder and the server on each connection: ends what is too slow or is not HTTP with an
/// answer that says so, and closes in a way that lets the sender read it.
///
/// It costs a request no timer: one timer per connection is set for the earliest deadline and looks again when it
/// fires.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum State: Equatable {
        case open
        /// The answer being written is the last.
        case lastAnswer
        /// Nothing is written any more. What still comes in is thrown away until the other side has closed or this
        /// moment has come: closing at once would reset the connection, and the answer could be lost.
        case lingering(until: NIODeadline)
    }

    private var pace: ConnectionPace
    private let counters: DoorCounters
    private var state = State.open
    /// To be said once the requests ahead are answered.
    private var pending: Refusal?
    private var isStopping = false
    private var timer: (task: Scheduled<Void>, at: NIODeadline)?
    private let lingerTime = TimeAmount.seconds(2)

    init(limits: DoorLimits, counters: DoorCounters) {
        pace = ConnectionPace(limits: limits)
        self.counters = counters
    }

    // MARK: Coming in

    func handlerAdded(context: ChannelHandlerContext) {
        do {
            try context.pipeline.syncOperations.addHandler(ArrivalHandler(self), position: .first)
        } catch {
            context.close(promise: nil)
        }
        if context.channel.isActive { opened(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        opened(context)
        context.fireChannelActive()
    }

    private func opened(_ context: ChannelHandlerContext) {
        pace.opened(at: .now())
        setTimer(context)
    }

    /// Told by the handler before the decoder.
    func wantsBytes() -> Bool {
        if case .lingering = state { return false }
        pace.bytesArrived(at: .now())
        return true
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .lingering = state { return }
        switch unwrapInboundIn(data) {
        case .head: pace.headEnded(at: .now())
        case .body(let bytes): pace.bodyArrived(bytes.readableBytes)
        case .end: pace.requestEnded(at: .now())
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        setTimer(context)
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The server would close right behind the answer, and reset the connection if more has come in by then.
        if event is ChannelShouldQuiesceEvent, pace.unanswered > 0 {
            isStopping = true
            return
        }
        context.fireUserInboundEventTriggered(event)
        if case .lingering = state, case .some(.inputClosed) = event as? ChannelEvent { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case is IOError, is ChannelError: context.fireErrorCaught(error)
        case HTTPParserError.headerOverflow: refuse(.headersTooLarge, context)
        default: refuse(.malformedRequest, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        // Without an error the server would take the body that has come so far for the whole of it.
        if pace.isReadingBody { context.fireErrorCaught(ChannelError.eof) }
        context.fireChannelInactive()
    }

    // MARK: Going out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .lingering = state {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind != .informational:
            context.write(wrapOutboundOut(.head(beginAnswer(head))), promise: promise)
        case .head, .body: context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            endAnswer(context)
        }
    }

    /// An answer that comes before the end of its request is the last: the rest of the body is not waited for. So is
    /// the answer after which nothing is owed on a server that stops.
    private func beginAnswer(_ head: HTTPResponse) -> HTTPResponse {
        var head = head
        if pace.unanswered == 1, pace.isReadingBody || isStopping { head.headerFields[.connection] = "close" }
        if head.headerFields[.connection] == "close" { state = .lastAnswer }
        return head
    }

    private func endAnswer(_ context: ChannelHandlerContext) {
        if state == .lastAnswer { return linger(context) }
        pace.answered(at: .now())
        if let pending, pace.unanswered == 0 { return answer(pending, context) }
        setTimer(context)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .output, state == .open { beginLingering(context) }
        context.close(mode: mode, promise: promise)
    }

    // MARK: Ending a connection

    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        guard state == .open, pending == nil else { return }
        if pace.complete > 0 {
            pending = refusal
        } else {
            answer(refusal, context)
        }
    }

    private func answer(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        counters.count(refusal)
        let answer = Answer(refusal)
        var head = answer.head
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(answer.body)), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    private func linger(_ context: ChannelHandlerContext) {
        context.flush()
        beginLingering(context)
        context.close(mode: .output, promise: nil)
    }

    private func beginLingering(_ context: ChannelHandlerContext) {
        state = .lingering(until: .now() + lingerTime)
        setTimer(context)
    }

    // MARK: The timer

    private func setTimer(_ context: ChannelHandlerContext) {
        guard let due = nextDeadline, context.channel.isActive else { return }
        if let timer {
            guard due < timer.at else { return }
            timer.task.cancel()
        }
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { [self] in timerFired(context) }
        timer = (task, due)
    }

    private var nextDeadline: NIODeadline? {
        if case .lingering(let until) = state { until } else { pace.deadline }
    }

    private func timerFired(_ context: ChannelHandlerContext) {
        timer = nil
        let now = NIODeadline.now()
        if case .lingering(let until) = state {
            if now >= until { return context.close(promise: nil) }
        } else if let refusal = pace.verdict(at: now) {
            return answer(refusal, context)
        }
        setTimer(context)
    }
}
