import NIOCore

/// Says when a connection has been too slow. A value without clock or I/O: it is told what happened and when.
///
/// The sender's clocks (headers, body) run only while we are waiting for the sender: with a pipelined request ahead
/// that we have not answered yet, or while we do not read, a pause is our own. The clock of our answer runs from the
/// end of a request's head, as the sender's does, unless the body alone took all of that time; then from the end of the
/// body.
struct ConnectionPace {
    enum Verdict: Equatable {
        case tooSlow(Refusal)
        /// Nothing has come for long enough.
        case idle
    }

    private enum Reading {
        /// Between two requests, or before the connection is open.
        case nothing(since: NIODeadline)
        case head(since: NIODeadline)
        case body(BodyClock)
    }

    private let limits: DoorLimits
    private var reading = Reading.nothing(since: .distantPast)
    /// Requests whose headers have come and whose answer has not been written.
    private(set) var unanswered = 0
    private var answerClock: NIODeadline?
    /// Whether what the sender sends is taken from it.
    private var isReading = true

    init(limits: DoorLimits) {
        self.limits = limits
    }

    /// Whether the body of a request has begun and not ended.
    var isReadingBody: Bool {
        if case .body = reading { true } else { false }
    }

    /// Requests that have come whole and wait for their answer.
    var complete: Int {
        unanswered - (isReadingBody ? 1 : 0)
    }

    mutating func opened(at now: NIODeadline) {
        reading = .head(since: now)
    }

    mutating func bytesArrived(at now: NIODeadline) {
        if case .nothing = reading { reading = .head(since: now) }
    }

    mutating func headEnded(at now: NIODeadline) {
        unanswered += 1
        startBody(at: now)
    }

    mutating func bodyArrived(_ count: Int, at now: NIODeadline) {
        changeBody { $0.arrived(count, at: now) }
    }

    /// More has been asked for.
    mutating func readBegan(at now: NIODeadline) {
        isReading = true
        changeBody { $0.goOn(at: now) }
    }

    /// What was asked for has come; nothing more is read for now.
    mutating func readEnded(at now: NIODeadline) {
        isReading = false
        changeBody { $0.pause(at: now) }
    }

    mutating func requestEnded(at now: NIODeadline) {
        if answerClock == nil { answerClock = answerStart(at: now) }
        reading = .nothing(since: now)
    }

    mutating func answered(at now: NIODeadline) {
        unanswered = max(0, unanswered - 1)
        answerClock = complete > 0 ? now : nil
        switch reading {
        case .nothing: reading = .nothing(since: now)
        case .head: reading = .head(since: now)
        case .body: startBody(at: now)
        }
    }

    /// When to ask for a verdict, unless something happens before.
    var deadline: NIODeadline {
        due.at
    }

    /// What has lasted too long, if anything has.
    func verdict(at now: NIODeadline) -> Verdict? {
        now >= due.at ? due.verdict : nil
    }

    private var due: (at: NIODeadline, verdict: Verdict) {
        if let answerClock { return (answerClock + TimeAmount(limits.answerTime), .tooSlow(.answerTooSlow)) }
        switch reading {
        case .nothing(let since): return (since + TimeAmount(limits.idleTime), .idle)
        case .head(let since): return (since + TimeAmount(limits.headerTime), .tooSlow(.headersTooSlow))
        case .body(let clock): return (clock.due, .tooSlow(.bodyTooSlow))
        }
    }

    private func answerStart(at end: NIODeadline) -> NIODeadline {
        guard case .body(let clock) = reading, end - clock.begun < TimeAmount(limits.answerTime) else { return end }
        return clock.begun
    }

    private mutating func startBody(at now: NIODeadline) {
        var clock = BodyClock(limits: limits, at: now)
        if !isReading { clock.pause(at: now) }
        reading = .body(clock)
    }

    private mutating func changeBody(_ change: (inout BodyClock) -> Void) {
        guard case .body(var clock) = reading else { return }
        change(&clock)
        reading = .body(clock)
    }
}
