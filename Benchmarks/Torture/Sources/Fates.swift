import Replay

/// What ends each life of the server, one after the other: every named point in turn, and random moments in between; at
/// some of them it is asked to stop, at the others it is killed.
struct Fates {
    enum Fate: Sendable {
        /// SIGKILL so long after the server was ready.
        case anyMoment(after: Duration)
        /// SIGKILL so long after the process was started.
        case whileStarting(after: Duration)
        /// Its own SIGKILL when it passes the point for this time.
        case point(String, passing: Int)
        /// SIGTERM so long after the server was ready.
        case stopped(after: Duration)
    }

    /// The points as `BELLHOP_CRASH_AT` takes them.
    static let points = [
        "accept_before_commit", "accept_after_commit", "model_answered", "settle_before_commit", "settle_after_commit",
        "handler_finished", "finish_before_commit", "finish_after_commit",
    ]
    /// Those that only a server that delivers effects comes to.
    static let effectPoints = ["effect_sent", "effect_before_commit", "effect_after_commit"]

    private let points: [String]
    private var generator: SeededGenerator
    private var round: [Fate] = []

    init(points: [String], seed: UInt64) {
        self.points = points
        generator = SeededGenerator(seed: seed)
    }

    mutating func next() -> Fate {
        if round.isEmpty { round = makeRound() }
        return round.removeFirst()
    }

    private mutating func makeRound() -> [Fate] {
        let shuffled = points.shuffled(using: &generator)
        var fates: [Fate] = []
        for (index, point) in shuffled.enumerated() {
            fates.append(.point(point, passing: .random(in: 1...20, using: &generator)))
            let between: Fate =
                switch index % 3 {
                case 0: .anyMoment(after: .milliseconds(Int.random(in: 50...3000, using: &generator)))
                case 1: .stopped(after: .milliseconds(Int.random(in: 50...3000, using: &generator)))
                default: .whileStarting(after: .milliseconds(Int.random(in: 1...400, using: &generator)))
                }
            fates.append(between)
        }
        return fates
    }
}
