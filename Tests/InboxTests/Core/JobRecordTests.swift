import Foundation
import InboxCore
import Testing

struct JobRecordTests {
    private static let lease = Lease(token: 3, epoch: 2, expiresAt: Sample.time(60))

    private func job(_ state: JobState) -> JobRecord {
        JobRecord(handlerID: "a", state: state, attempts: 1)
    }

    @Test(arguments: [
        JobState.waiting(until: Sample.time(9), reason: "r"), .held(reason: "r"), .done, .dead(reason: "r"),
        .running(lease: lease),
    ])
    func onlyAReadyJobIsHandedOut(state: JobState) {
        var job = job(state)
        let before = job
        #expect(job.claim(under: Self.lease) == false)
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

    @Test func aJobWithoutHandlerNeverBecomesReady() {
        var job = JobRecord.initial(handlers: [])[0]
        #expect(job.runAgain() == false)
        #expect(job.state == .held(reason: JobRecord.unboundReason))
    }
}
