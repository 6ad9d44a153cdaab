import Foundation
import InboxCore
import Testing

struct JobRecordTests {
    private static let lease = Lease(token: 3, epoch: 2, expiresAt: Sample.time(60))

    private func job(_ state: JobState) -> JobRecord {
        JobRecord(handlerID: "a", state: state, counts: JobCounts(attempts: 1))
    }

    @Test(arguments: [
        JobState.waiting(until: Sample.time(9), reason: "r"), .held(reason: "r"), .done, .dead(reason: "r"),
        .running(lease: lease),
    ])
    func onlyAReadyJobIsHandedOut(state: JobState) {
        var job = job(state)
        let before = job
        #expect(job.claim(under: Self.lease, at: Sample.time(0)) == false)
        #expect(job == before)
    }

    @Test(arguments: [JobState.ready, .held(reason: "r"), .done, .dead(reason: "r")])
    func onlyWaitsAndLeasesEndByThemselves(state: JobState) {
        var job = job(state)
        #expect(job.becomeDue(at: .distantFuture) == false)
        #expect(job.state == state)
    }

    @Test(arguments: [
        Lease(token: 4, epoch: 2, expiresAt: Sample.time(60)), Lease(token: 3, epoch: 3, expiresAt: Sample.time(60)),
    ])
    func anotherTokenOrEpochMovesNothing(lease: Lease) {
        var job = job(.running(lease: Self.lease))
        let before = job
        #expect(job.extend(lease, until: Sample.time(99)) == false)
        #expect(job.giveBack(lease) == false)
        #expect(job.finish(lease, with: Sample.result(.done(effects: []))) == false)
        #expect(job == before)
    }

    @Test func anExtendedLeaseIsStillTheSame() {
        var job = job(.running(lease: Self.lease))
        #expect(job.extend(Self.lease, until: Sample.time(99)) == true)
        #expect(job.dueAt == Sample.time(99))
        #expect(job.finish(Self.lease, with: Sample.result(.done(effects: []))) == true)
        #expect(job.attempts == 2)
    }

    @Test func whatBecomesOfARunIsCountedApart() {
        let outcomes: [(JobResult.Outcome, JobCounts)] = [
            (.done(effects: []), JobCounts(attempts: 1)),
            (.retry(at: Sample.time(9), reason: "r"), JobCounts(attempts: 1)),
            (.held(reason: "r"), JobCounts(attempts: 1)), (.dead(reason: "r"), JobCounts(attempts: 1)),
            (.wait(until: Sample.time(9), reason: "r"), JobCounts(waits: 1)), (.skipped(reason: "r"), JobCounts()),
        ]
        for (outcome, counts) in outcomes {
            var job = JobRecord(handlerID: "a", state: .running(lease: Self.lease))
            #expect(job.finish(Self.lease, with: Sample.result(outcome)) == true)
            #expect(job.counts == counts)
        }
    }

    @Test func aLeaseThatRanOutIsACrashAndTheFourthIsTheEnd() {
        var job = JobRecord(handlerID: "a", state: .ready)
        for number in 1...4 {
            #expect(job.claim(under: Self.lease, at: Sample.time(0)) == true)
            #expect(job.becomeDue(at: Sample.time(60)) == true)
            #expect(job.counts == JobCounts(crashes: number))
        }
        #expect(job.state == .dead(reason: "the process died 4 times while it ran"))
        #expect(job.fingerprint != nil)
        #expect(job.runAgain() == true)
        #expect(job.counts == JobCounts())
        #expect(job.fingerprint == nil)
    }

    @Test func itBeganWhenItWasFirstHandedOutUntilItBeginsAnew() {
        var job = JobRecord(handlerID: "a", state: .ready)
        #expect(job.beganAt == nil)
        #expect(job.claim(under: Self.lease, at: Sample.time(1.000_4)) == true)
        // As every storage can keep it.
        #expect(job.beganAt == Sample.time(1))
        #expect(job.giveBack(Self.lease) == true)
        #expect(job.claim(under: Self.lease, at: Sample.time(2)) == true)
        #expect(job.finish(Self.lease, with: Sample.result(.held(reason: "r"))) == true)
        #expect(job.runAgain() == true)
        #expect(job.claim(under: Self.lease, at: Sample.time(3)) == true)
        #expect(job.beganAt == Sample.time(1))
        #expect(job.finish(Self.lease, with: Sample.result(.done(effects: []))) == true)
        #expect(job.runAgain(anew: true) == true)
        #expect(job.claim(under: Self.lease, at: Sample.time(4)) == true)
        #expect(job.beganAt == Sample.time(4))
    }

    @Test func givingBackCountsAsNothing() {
        var job = JobRecord(handlerID: "a", state: .running(lease: Self.lease))
        #expect(job.giveBack(Self.lease) == true)
        #expect(job.counts == JobCounts())
    }

    @Test func onlyWhatIsHeldOrDeadKeepsItsFingerprint() {
        let failure = ErrorFingerprint(handlerID: "a", kind: "threw", detail: "Oops")
        let outcomes: [(JobResult.Outcome, ErrorFingerprint?)] = [
            (.done(effects: []), nil), (.retry(at: Sample.time(9), reason: "r"), nil), (.held(reason: "r"), failure),
            (.dead(reason: "r"), failure),
        ]
        for (outcome, fingerprint) in outcomes {
            var job = JobRecord(handlerID: "a", state: .running(lease: Self.lease))
            var result = Sample.result(outcome)
            result.fingerprint = failure
            #expect(job.finish(Self.lease, with: result) == true)
            #expect(job.fingerprint == fingerprint)
        }
    }

    @Test func aDeadJobOfWhichNothingWasToldHasAFingerprintToo() {
        var job = JobRecord(handlerID: "a", state: .running(lease: Self.lease))
        #expect(job.finish(Self.lease, with: Sample.result(.dead(reason: "r"))) == true)
        #expect(job.fingerprint == .untold(of: "a"))
    }

    @Test func aJobWithoutHandlerNeverBecomesReady() {
        var job = JobRecord.unbound()
        #expect(job.runAgain() == false)
        #expect(job.state == .held(reason: JobRecord.unboundReason))
    }
}
