/// What a judge finds: how much of everything there was, and what should not be.
package struct Verdict: Sendable, Hashable {
    /// A figure of the report.
    package struct Count: Sendable, Hashable {
        package var subject: String
        package var what: String
        package var value: String
    }

    /// A broken promise.
    package struct Violation: Sendable, Hashable {
        package var promise: Promise
        package var times: Int
        /// The first few.
        package var examples: [String]
    }

    package enum Promise: String, Sendable, Hashable, CaseIterable {
        case acknowledgedIsFound = "acknowledged is found"
        case exactlyOnce = "each exactly once"
        case nobodyIn = "zero forged accepted"
        case nothingDropped = "every event has its work"
        case everythingEnds = "every job ends or says what it waits for"
        case booksHold = "the ledger is never below the bill"
        case booksExact = "what the ledger knows is what was billed"
        case unknownExplained = "unknown costs come from kills and faults"
        case paidOnce = "a recorded answer is not paid for again"
        case effectsOnce = "no effect twice under the same key"
        case effectsTrue = "what is recorded as delivered was received"
        case effectsOurs = "what was received is ours"
        case noCrashOfItsOwn = "no crash that was not caused"
        case stopsCleanly = "a server that stops gives back what it has in hand"
        case pointsReached = "every named point was reached"
        case storageWhole = "the database is whole"
    }

    package private(set) var counts: [Count] = []
    package private(set) var violations: [Violation] = []

    package init() {}

    package var isGuilty: Bool { !violations.isEmpty }

    mutating func count(_ subject: String, _ what: String, _ value: Int) {
        count(subject, what, String(value))
    }

    mutating func count(_ subject: String, _ what: String, _ value: String) {
        counts.append(Count(subject: subject, what: what, value: value))
    }

    /// Notes each of these as a break of the promise.
    mutating func breaks(_ promise: Promise, _ offenders: some Sequence<String>) {
        let offenders = Array(offenders)
        guard !offenders.isEmpty else { return }
        violations.append(
            Violation(promise: promise, times: offenders.count, examples: Array(offenders.prefix(Self.mostExamples))))
    }

    private static let mostExamples = 5
}
