/// Finds out what has been refused since the last look, so that the log tells of it without a line for each.
struct RefusalDigest: Sendable {
    private var seen: [String: Int] = [:]

    /// How many more requests were refused for each reason; empty when there were none.
    mutating func news(in counts: DoorCounts) -> [String: Int] {
        let more = counts.refused.merging(seen.mapValues { -$0 }, uniquingKeysWith: +)
        seen = counts.refused
        return more.filter { $0.value > 0 }
    }
}
