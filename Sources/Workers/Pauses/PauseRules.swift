/// When a handler is left alone because its failures are not its events' own.
package struct PauseRules: Sendable, Hashable {
    /// So many deliveries that fail alike without a success between pause their handler; 0 never does, 1 counts as 2.
    package var after: Int
    /// How long the first pause is; each failed probe doubles it.
    package var shortest: Duration
    /// No pause is longer.
    package var longest: Duration

    package init(after: Int = 5, shortest: Duration = .seconds(60), longest: Duration = .seconds(900)) {
        self.after = after <= 0 ? 0 : max(2, after)
        self.shortest = max(.milliseconds(1), shortest)
        self.longest = max(self.shortest, longest)
    }
}
