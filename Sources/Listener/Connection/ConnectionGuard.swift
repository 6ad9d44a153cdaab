import Addresses
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
    private let limits: DoorLimits
    private let books: DoorBooks
    private var arrivals: ArrivalHandler?
    private var peer: IPAddress?
    private var isCounted = false
    private var state = State.open
    /// To be said once the requests ahead are answered.
    private var pending: Refusal?
    private var isStopping = false
    /// Whether the server has been told that the body it reads will not come whole.
    private var isCutOff = false
    private var timer: (task: Scheduled<Void>, at: NIODeadline)?
    private let lingerTime = TimeAmount.seconds(2)

    init(limits: DoorLimits, books: DoorBooks) {
        pace = ConnectionPace(limits: limits)
        self.limits = limits
        self.books = books
    }

    // MARK: Coming in

    func handlerAdded(context: ChannelHandlerContext) {
        let arrivals = ArrivalHandler(self, limits: limits)
        self.arrivals = arrivals
        do {
            try boundReads(context.channel)
            try context.pipeline.syncOperations.addHandler(arrivals, position: .first)
        } catch {
            context.close(promise: nil)
        }
        if context.channel.isActive { opened(context) }
    }

    /// What has been read and not taken by the server is counted nowhere: some 11 buffers, as the server stops asking
    /// at 10.
    private func boundReads(_ channel: any Channel) throws {
        guard let options = channel.syncOptions else { return }
        try options.setOption(
            .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2048, maximum: 16 << 10))
        try options.setOption(.maxMessagesPerRead, value: 1)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        arrivals = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        opened(context)
    }

    /// A connection too many is closed at once, without an answer: that is what costs least.
    private func opened(_ context: ChannelHandlerContext) {
        guard !isCounted else { return }
        peer = context.channel.remoteAddress.flatMap { IPAddress($0) }
        if let refusal = books.callers.connected(peer) {
            books.note(refusal, from: peer)
            return context.close(promise: nil)
        }
        isCounted = true
        pace.opened(at: .now())
        setTimer(context)
    }

    // Asked and told by the handler before the decoder.

    var wantsBytes: Bool {
        if case .lingering = state { false } else { true }
    }

    /// Whether another request may come in before one is answered.
    var takesAnother: Bool {
        pace.unanswered < limits.unansweredRequests
    }

    func bytesArrived() {
        pace.bytesArrived(at: .now())
    }

    func readBegan() {
        pace.readBegan(at: .now())
    }

    func readEnded() {
        pace.readEnded(at: .now())
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What comes of a body that will be refused must not end it.
        guard wantsBytes, pending == nil else { return }
        switch unwrapInboundIn(data) {
        case .head: pace.headEnded(at: .now())
        case .body(let bytes): pace.bodyArrived(bytes.readableBytes, at: .now())
        case .end: pace.requestEnded(at: .now())
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        setTimer(context)
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        context.read()
        // The clock of a body may go on.
        if pace.isReadingBody { setTimer(context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, pace.unanswered > 0 { return stop(context) }
        context.fireUserInboundEventTriggered(event)
        if case .lingering = state, case .some(.inputClosed) = event as? ChannelEvent { context.close(promise: nil) }
    }

    /// The server itself would close right behind the answer, and reset the connection if more has come in by then.
    ///
    /// A request that has come whole is finished; a body that is still coming is not waited for.
    private func stop(_ context: ChannelHandlerContext) {
        isStopping = true
        if pace.isReadingBody { refuse(.stopping, context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case is IOError, is ChannelError: context.fireErrorCaught(error)
        case let refusal as Refusal: refuse(refusal, context)
        case HTTPParserError.headerOverflow: refuse(.headersTooLarge, context)
        default: refuse(.malformedRequest, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        if isCounted { books.callers.disconnected(peer) }
        isCounted = false
        cutOff(context)
        context.fireChannelInactive()
    }

    /// Without an error the server would take the body that has come so far for the whole of it, or wait for the rest.
    private func cutOff(_ context: ChannelHandlerContext) {
        guard pace.isReadingBody, !isCutOff else { return }
        isCutOff = true
        context.fireErrorCaught(ChannelError.eof)
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
        case .head where isAnsweringLast && arrivals?.scanner.isOld == true:
            // HTTP/1.0 knows no interim answers.
            promise?.succeed()
        case .head, .body: context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            endAnswer(context)
        }
    }

    /// Whether the request now answered is the one that ends the connection.
    private var isAnsweringLast: Bool {
        pace.unanswered == 1 && arrivals?.scanner.isLast == true
    }

    /// An answer that comes before the end of its request is the last: the rest of the body is not waited for. So is
    /// the answer after which nothing is owed on a server that stops.
    private func beginAnswer(_ head: HTTPResponse) -> HTTPResponse {
        var head = head
        if isAnsweringLast || pace.unanswered == 1 && (pace.isReadingBody || isStopping) {
            head.headerFields[.connection] = "close"
        }
        if head.headerFields[.connection] == "close" { state = .lastAnswer }
        return head
    }

    private func endAnswer(_ context: ChannelHandlerContext) {
        if state == .lastAnswer { return linger(context) }
        pace.answered(at: .now())
        // A fault in a body is one of a request whose head has come: it is not answered by the server.
        if let pending, pace.complete == 0 { return answer(pending, context) }
        arrivals?.answered()
        setTimer(context)
    }

    /// While the connection lingers, the server has nothing to say about when it closes.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if case .lingering = state, mode == .all {
            promise?.succeed()
            return
        }
        if mode == .output, state == .open { beginLingering(context) }
        context.close(mode: mode, promise: promise)
    }

    // MARK: Ending a connection

    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        guard state == .open, pending == nil else { return }
        if pace.complete > 0 {
            pending = refusal
            cutOff(context)
        } else {
            answer(refusal, context)
        }
    }

    private func answer(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        books.note(refusal, from: peer)
        let answer = Answer(refusal)
        var head = answer.head
        head.headerFields[.connection] = "close"
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(answer.body)), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
        cutOff(context)
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
        let due = nextDeadline
        guard context.channel.isActive, due < .distantFuture else { return }
        if let timer {
            guard due < timer.at else { return }
            timer.task.cancel()
        }
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { [self] in timerFired(context) }
        timer = (task, due)
    }

    private var nextDeadline: NIODeadline {
        if case .lingering(let until) = state { until } else { pace.deadline }
    }

    private func timerFired(_ context: ChannelHandlerContext) {
        timer = nil
        let now = NIODeadline.now()
        if case .lingering(let until) = state {
            if now >= until { return context.close(promise: nil) }
        } else if let verdict = pace.verdict(at: now) {
            // An answer that has been begun cannot be taken back.
            guard state == .open, case .tooSlow(let refusal) = verdict else { return context.close(promise: nil) }
            return answer(refusal, context)
        }
        setTimer(context)
    }
}
