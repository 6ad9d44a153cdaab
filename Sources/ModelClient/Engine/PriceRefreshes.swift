/// Sees to it that prices are not asked for more often than they can have changed.
struct PriceRefreshes {
    private static let interval = Duration.seconds(300)

    private var last: [String: Duration] = [:]

    /// - Returns: whether the provider's prices should be asked for now.
    mutating func isDue(_ provider: String, at now: Duration) -> Bool {
        if let last = last[provider], now - last < Self.interval { return false }
        last[provider] = now
        return true
    }
}
