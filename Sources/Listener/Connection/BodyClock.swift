import NIOCore

/// How long the body of a request may still take to come.
///
/// Every byte buys time at the slowest rate allowed, but never more than the grace from now on: a body that stops is
/// let go after the grace, however fast it began. While we do not read, the clock stands: the sender cannot send then.
struct BodyClock {
    /// When the head ended, or the answer ahead of it was given.
    let begun: NIODeadline
    private let limits: DoorLimits
    private var end: NIODeadline
    private var paid: NIODeadline
    private var pausedAt: NIODeadline?

    init(limits: DoorLimits, at now: NIODeadline) {
        begun = now
        self.limits = limits
        end = now + TimeAmount(limits.bodyTime)
        paid = now + TimeAmount(limits.bodyGrace)
    }

    /// When it will have been too slow; never while it stands.
    var due: NIODeadline {
        pausedAt == nil ? min(paid, end) : .distantFuture
    }

    mutating func arrived(_ bytes: Int, at now: NIODeadline) {
        let bought = Duration.seconds(Double(bytes) / Double(max(1, limits.bodyBytesPerSecond)))
        // Compared as durations first: a moment does not bear any amount.
        let most = now + TimeAmount(limits.bodyGrace)
        paid = bought >= limits.bodyGrace ? most : min(paid + TimeAmount(bought), most)
    }

    /// Nothing is read any more until it goes on.
    mutating func pause(at now: NIODeadline) {
        if pausedAt == nil { pausedAt = now }
    }

    mutating func goOn(at now: NIODeadline) {
        guard let since = pausedAt else { return }
        pausedAt = nil
        end = end + (now - since)
        paid = paid + (now - since)
    }
}
