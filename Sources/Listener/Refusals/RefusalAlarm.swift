/// Notices when the share of refused deliveries jumps, as after a secret was rotated. A value: it is told what happened
/// and when.
///
/// It begins with as many refusals as a slip does not make, and ends only when deliveries are taken again and refusals
/// are few, so that it does not begin and end with every other delivery.
package struct RefusalAlarm: Sendable {
    /// What came of the deliveries of the last minute.
    package struct Share: Sendable, Hashable, Codable {
        package var accepted = 0
        package var refused = 0
        /// The reason of most refusals.
        package var reason: String?

        package init() {}
    }

    package enum Change: Sendable, Hashable {
        case began(Share)
        case ended(Share)
    }

    private struct Second {
        var number: Int
        var accepted = 0
        var refused: [Refusal: Int] = [:]
    }

    private static let window = 60
    private static let leastRefused = 5

    /// Those of the window in which something happened, oldest first.
    private var seconds: [Second] = []
    private var accepted = 0
    private var refused = 0
    /// Refusals since something was accepted, however long ago: a shop with little to say rotates its secret too.
    private var inARow = 0
    package private(set) var isRaised = false

    package init() {}

    /// - Parameter second: the time in whole seconds; one before the last counts as the last.
    package mutating func accept(at second: Int) -> Change? {
        move(to: second)
        seconds[seconds.endIndex - 1].accepted += 1
        accepted += 1
        inARow = 0
        guard isRaised, refused * 5 <= accepted + refused else { return nil }
        isRaised = false
        return .ended(share)
    }

    /// - Parameter second: as for ``accept(at:)``.
    package mutating func refuse(_ refusal: Refusal, at second: Int) -> Change? {
        move(to: second)
        seconds[seconds.endIndex - 1].refused[refusal, default: 0] += 1
        refused += 1
        inARow = min(inARow + 1, Self.leastRefused)
        let jumps = refused >= Self.leastRefused && refused >= accepted
        let isSilenced = accepted == 0 && inARow >= Self.leastRefused
        guard !isRaised, jumps || isSilenced else { return nil }
        isRaised = true
        return .began(share)
    }

    /// The share as of a moment.
    package func share(at second: Int) -> Share {
        var copy = self
        copy.move(to: second)
        return copy.share
    }

    private var share: Share {
        var share = Share()
        share.accepted = accepted
        share.refused = refused
        let reasons = seconds.reduce(into: [Refusal: Int]()) { $0.merge($1.refused, uniquingKeysWith: +) }
        share.reason = reasons.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key.rawValue
        return share
    }

    private mutating func move(to second: Int) {
        let second = max(second, seconds.last?.number ?? second)
        while let oldest = seconds.first, oldest.number <= second - Self.window {
            accepted -= oldest.accepted
            refused -= oldest.refused.values.reduce(0, +)
            seconds.removeFirst()
        }
        if seconds.last?.number != second { seconds.append(Second(number: second)) }
    }
}
