/// How long a job that nothing is wrong with is left alone while no model can be asked.
enum OutagePause {
    private static let shortest = Duration.seconds(30)

    /// After an attempt that cost nothing and does not count: as long again as it is since the event came, so that the
    /// pauses grow without a count; at most a quarter of an hour. An old event that is run again therefore takes the
    /// longest pause at once.
    ///
    /// - Parameter age: of the delivery.
    static func free(age: Duration, jitter: Double) -> Duration {
        spread(min(max(age, shortest), .seconds(900)), jitter)
    }

    /// After an attempt that counts because it may have been paid for: four times as long after each, at most an hour,
    /// so that eight attempts outlast some hours.
    static func counted(attempt: Int, jitter: Double) -> Duration {
        let doublings = 2 * min(max(0, attempt - 1), 4)
        return spread(min(shortest * (1 << doublings), .seconds(3600)), jitter)
    }

    /// Between half of it and all of it, so that jobs put off together do not return together.
    private static func spread(_ longest: Duration, _ jitter: Double) -> Duration {
        longest * (0.5 + 0.5 * min(max(0, jitter), 1))
    }
}
