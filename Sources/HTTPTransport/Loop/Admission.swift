/// Which requests may run now and which wait their turn.
///
/// libcurl can limit connections itself, but the time limit of a request does not run while it waits there.
struct Admission {
    let maxPerOrigin: Int
    let maxTotal: Int

    private(set) var running = 0
    private var runningByOrigin: [String: Int] = [:]
    private var waiting: [Submission] = []
    /// No one who waits has an earlier deadline. May lag behind, never ahead.
    private(set) var earliestDeadline: ContinuousClock.Instant?

    init(maxPerOrigin: Int, maxTotal: Int) {
        self.maxPerOrigin = maxPerOrigin
        self.maxTotal = maxTotal
    }

    /// - Returns: whether the request may run now. Otherwise it waits.
    mutating func admit(_ submission: Submission) -> Bool {
        if hasRoom(for: submission) {
            start(submission)
            return true
        }
        waiting.append(submission)
        earliestDeadline = min(earliestDeadline ?? submission.deadline, submission.deadline)
        return false
    }

    /// A running request has ended.
    ///
    /// - Returns: the one that may run in its place: the first in line whose origin has room.
    mutating func release(origin: String) -> Submission? {
        running -= 1
        let left = runningByOrigin[origin, default: 1] - 1
        runningByOrigin[origin] = left > 0 ? left : nil
        guard let next = waiting.firstIndex(where: hasRoom) else { return nil }
        let submission = waiting.remove(at: next)
        start(submission)
        return submission
    }

    /// Takes a waiting request out of the line.
    mutating func withdraw(_ ticket: Ticket) -> Submission? {
        waiting.firstIndex { $0.ticket === ticket }.map { waiting.remove(at: $0) }
    }

    /// Takes those out of the line whose time is over.
    mutating func expire(at now: ContinuousClock.Instant) -> [Submission] {
        guard let earliest = earliestDeadline, earliest <= now else { return [] }
        let expired = waiting.filter { $0.deadline <= now }
        waiting.removeAll { $0.deadline <= now }
        earliestDeadline = waiting.lazy.map(\.deadline).min()
        return expired
    }

    /// Takes everyone out of the line.
    mutating func withdrawAll() -> [Submission] {
        defer { waiting = [] }
        return waiting
    }

    private func hasRoom(for submission: Submission) -> Bool {
        running < maxTotal && runningByOrigin[submission.request.target.origin, default: 0] < maxPerOrigin
    }

    private mutating func start(_ submission: Submission) {
        running += 1
        runningByOrigin[submission.request.target.origin, default: 0] += 1
    }
}
