import NIOCore

/// Says when a connection has been too slow. A value without clock or I/O: it is told what happened and when.
///
/// The sender's clocks (headers, body) run only while we are waiting for the sender: with a pipelined request ahead
/// that we have not answered yet, a pause may be our own. The clock of our answer runs from the end of a request.
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
        case body(since: NIODeadline, bytes: Int)
    }

    private let limits: DoorLimits
    private var reading = Reading.nothing(since: .distantPast)
    /// Requests whose headers have come and whose answer has not been written.
    private(set) var unanswered = 0
    private var answerClock: NIODeadline?

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
        reading = .body(since: now, bytes: 0)
    }

    mutating func bodyArrived(_ count: Int) {
        guard case .body(let since, let bytes) = reading else { return }
        reading = .body(since: since, bytes: bytes + count)
    }

    mutating func requestEnded(at now: NIODeadline) {
        reading = .nothing(since: now)
        if answerClock == nil { answerClock = now }
    }

    mutating func answered(at now: NIODeadline) {
        unanswered = max(0, unanswered - 1)
        answerClock = complete > 0 ? now : nil
        switch reading {
        case .nothing: reading = .nothing(since: now)
        case .head: reading = .head(since: now)
        case .body: reading = .body(since: now, bytes: 0)
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
        case .body(let since, let bytes): return (since + bodyTime(after: bytes), .tooSlow(.bodyTooSlow))
        }
    }

    /// How long a body may have taken by now: each byte that has come buys time at the slowest rate, up to the limit.
    private func bodyTime(after bytes: Int) -> TimeAmount {
        let earned = Double(bytes) / Double(max(1, limits.bodyBytesPerSecond))
        return TimeAmount(min(limits.bodyTime, limits.bodyGrace + .seconds(earned)))
    }
}
