/// Leaves alone what fails: closed, open, half-open with one probe, and a ramp after it.
///
/// A value without a clock: times are uptimes that the owner passes in.
struct Breaker {
    enum State: Equatable {
        case closed
        /// Nothing is sent until this uptime.
        case open(until: Duration)
        /// One request is under way to see whether it works again.
        case probing
        /// It works again; this many requests at once are let through.
        case ramping(width: Int)
    }

    /// What may be sent now.
    enum Leave: Equatable {
        case anything
        /// At most so many requests at once.
        case atMost(Int)
        /// One request, which is the probe.
        case probe
        case nothing(for: Duration)
    }

    /// From here on the ramp is over.
    private static let widest = 64

    var rules: BreakerRules
    private(set) var state = State.closed
    /// The last outcomes, newest in the lowest bit; a failure is a one.
    private var outcomes: UInt64 = 0
    private var count = 0
    /// The length of the next interval.
    private var interval: Duration

    init(_ rules: BreakerRules) {
        self.rules = rules
        interval = rules.interval
    }

    /// The breaker of a provider's account, which knows one interval.
    init(account rules: BreakerRules) {
        self.init(
            BreakerRules(
                failures: rules.failures, window: rules.window, interval: rules.accountInterval,
                longestInterval: rules.accountInterval, accountInterval: rules.accountInterval))
    }

    func leave(at now: Duration) -> Leave {
        switch state {
        case .closed: .anything
        case .open(let until): until > now ? .nothing(for: until - now) : .probe
        // Nobody knows when the probe comes back; a whole interval later something is known for certain.
        case .probing: .nothing(for: interval)
        case .ramping(let width): .atMost(width)
        }
    }

    /// A request is being sent.
    ///
    /// - Returns: whether it is the probe.
    mutating func begin(at now: Duration) -> Bool {
        guard leave(at: now) == .probe else { return false }
        state = .probing
        return true
    }

    /// - Returns: whether it has just recovered.
    mutating func succeeded(isProbe: Bool) -> Bool {
        switch state {
        case .closed: note(failure: false)
        case .open: break
        case .probing:
            guard isProbe else { break }
            state = .ramping(width: 1)
        case .ramping(let width):
            guard width >= Self.widest else {
                state = .ramping(width: width * 2)
                break
            }
            self = Breaker(rules)
            return true
        }
        return false
    }

    /// - Returns: whether it has just opened, after having been closed.
    mutating func failed(isProbe: Bool, at now: Duration) -> Bool {
        switch state {
        case .closed:
            note(failure: true)
            let failures = outcomes.nonzeroBitCount
            guard failures >= rules.failures, failures * 2 >= count else { return false }
            open(at: now)
            return true
        // Late news of what is known already.
        case .open: break
        case .probing: if isProbe { open(at: now) }
        case .ramping: open(at: now)
        }
        return false
    }

    /// The probe ended without saying anything about the model; another may be sent an interval later.
    mutating func probeSaidNothing(at now: Duration) {
        guard state == .probing else { return }
        state = .open(until: now + interval)
    }

    /// Opens for a time of the caller's choice, whatever came before.
    mutating func trip(for duration: Duration, at now: Duration) {
        state = .open(until: now + duration)
    }

    private mutating func open(at now: Duration) {
        state = .open(until: now + interval)
        interval = min(interval * 2, rules.longestInterval)
        outcomes = 0
        count = 0
    }

    private mutating func note(failure: Bool) {
        let kept: UInt64 = rules.window >= 64 ? .max : (1 << UInt64(rules.window)) - 1
        outcomes = (outcomes << 1 | (failure ? 1 : 0)) & kept
        count = min(count + 1, rules.window)
    }
}
