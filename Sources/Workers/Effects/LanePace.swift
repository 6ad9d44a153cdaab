import Foundation
import InboxCore

/// The pace of one lane: a number at once, a bucket that fills steadily, and rests.
struct LanePace {
    enum Ending: Hashable {
        /// The receiver answered, with yes or no.
        case answered
        /// It could not take the effect now; perhaps it said for how long.
        case failed(retryAfter: Duration?)
        /// It says nothing about the receiver.
        case neutral
    }

    /// Failures in a row after which the lane is left alone, and then tried with one effect at a time.
    private static let tolerated = 5
    private static let longestRest = Duration.seconds(60)
    /// The longest wait that a receiver is believed.
    private static let longestHint = Duration.seconds(3600)

    private var limits: LaneLimits
    private var underWay = 0
    private var level: Double
    private var filledAt: Date
    private var failures = 0
    private var restsUntil: Date?

    init(_ limits: LaneLimits, at now: Date) {
        self.limits = limits
        level = Self.capacity(limits)
        filledAt = now
    }

    var isInUse: Bool { underWay > 0 }

    /// How many effects can be taken now.
    mutating func room(_ limits: LaneLimits, at now: Date) -> Int {
        fill(to: limits, at: now)
        if let restsUntil, restsUntil > now { return 0 }
        let width = failures >= Self.tolerated ? min(1, limits.concurrency) : limits.concurrency
        let free = max(0, width - underWay)
        return limits.perMinute == nil ? free : min(free, max(0, Int(level)))
    }

    mutating func began() {
        underWay += 1
        if limits.perMinute != nil { level -= 1 }
    }

    mutating func ended(_ ending: Ending, at now: Date) {
        underWay = max(0, underWay - 1)
        switch ending {
        case .answered: failures = 0
        case .neutral: break
        case .failed(let hint):
            failures = min(failures + 1, 30)
            if let hint { rest(for: min(hint, Self.longestHint), from: now) }
            if failures >= Self.tolerated {
                rest(for: min(.seconds(1 << min(failures - Self.tolerated, 10)), Self.longestRest), from: now)
            }
        }
    }

    /// When there is room again that only the time withholds; `nil` when there is room, or something else withholds it.
    func opens(after now: Date) -> Date? {
        guard limits.concurrency > underWay else { return nil }
        if let restsUntil, restsUntil > now { return restsUntil }
        guard let perMinute = limits.perMinute, level < 1 else { return nil }
        let opens = filledAt + (1 - level) / Double(perMinute) * 60
        return opens > now ? opens : nil
    }

    private mutating func rest(for pause: Duration, from now: Date) {
        restsUntil = max(restsUntil ?? .distantPast, now + pause.timeInterval)
    }

    private mutating func fill(to limits: LaneLimits, at now: Date) {
        // Without a limit nothing is counted: one that appears begins with a full bucket.
        if self.limits.perMinute == nil { level = Self.capacity(limits) }
        self.limits = limits
        let perSecond = Double(limits.perMinute ?? 0) / 60
        level = min(Self.capacity(limits), level + perSecond * max(0, now.timeIntervalSince(filledAt)))
        filledAt = now
    }

    /// What may go out in one burst: ten seconds' worth.
    private static func capacity(_ limits: LaneLimits) -> Double {
        max(1, Double(limits.perMinute ?? 0) / 6)
    }
}
