import HeapModule

/// What is to happen at which time. What is not wanted any more is left in and passed over.
struct Timers {
    struct Timer: Comparable {
        var at: Duration
        var call: CallID
        /// The call's ticket when the timer was set; with another one it is void.
        var ticket: Int

        static func < (a: Timer, b: Timer) -> Bool {
            a.at != b.at ? a.at < b.at : a.call < b.call
        }
    }

    private var timers = Heap<Timer>()

    mutating func set(_ timer: Timer) {
        timers.insert(timer)
    }

    /// The next that is still wanted.
    mutating func next(where isWanted: (Timer) -> Bool) -> Timer? {
        while let timer = timers.min {
            if isWanted(timer) { return timer }
            timers.removeMin()
        }
        return nil
    }

    /// Takes out the next that is due and wanted.
    mutating func popDue(at now: Duration, where isWanted: (Timer) -> Bool) -> Timer? {
        guard let timer = next(where: isWanted), timer.at <= now else { return nil }
        return timers.popMin()
    }
}
