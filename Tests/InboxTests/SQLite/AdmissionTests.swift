import Testing

@testable import InboxSQLite

struct AdmissionTests {
    private static let start = ContinuousClock.now
    private static let reserve = 1000

    private func moment(_ seconds: Double) -> Admission.Moment {
        Self.start + .seconds(seconds)
    }

    private func refusal(
        _ admission: Admission, bytes: Int = 10, isObliged: Bool = false, waiting: Int = 0, at seconds: Double = 0
    ) -> Admission.Refusal? {
        admission.refusal(ofBytes: bytes, isObliged: isObliged, waiting: waiting, at: moment(seconds))
    }

    /// Waiting bytes of 100, and whether an ordinary and an obliged delivery of 10 bytes are refused.
    @Test(arguments: [(0, false, false), (60, false, false), (61, true, false), (90, true, false), (91, true, true)])
    func aFullQueueRefusesOrdinaryDeliveriesFirst(waiting: Int, ordinary: Bool, obliged: Bool) {
        let admission = Admission(maxBytes: 100, minFreeDisk: 0)
        #expect(refusal(admission, waiting: waiting) == (ordinary ? .queue : nil))
        #expect(refusal(admission, isObliged: true, waiting: waiting) == (obliged ? .queue : nil))
    }

    @Test func oneLargeDeliveryFitsIntoAnEmptyQueue() {
        let admission = Admission(maxBytes: 100, minFreeDisk: 0)
        #expect(refusal(admission, bytes: 100) == nil)
        #expect(refusal(admission, bytes: 101, isObliged: true) == .queue)
    }

    @Test(arguments: [(1000, false, false), (999, true, false), (250, true, false), (249, true, true), (0, true, true)])
    func theRestOfTheDiskIsKeptForFinishing(free: Int, ordinary: Bool, obliged: Bool) {
        var admission = Admission(maxBytes: 100, minFreeDisk: Self.reserve)
        #expect(refusal(admission) == nil)
        admission.saw(freeBytes: free)
        #expect(refusal(admission) == (ordinary ? .disk : nil))
        #expect(refusal(admission, isObliged: true) == (obliged ? .disk : nil))
        admission.saw(freeBytes: nil)
        #expect(refusal(admission) == nil)
    }

    @Test func theDiskIsLookedAtOnceASecondAfterEveryWriteAndOnlyForAReason() {
        var admission = Admission(maxBytes: 100, minFreeDisk: Self.reserve)
        let looks = [0, 0.5, 0.99, 1.0, 1.5, 2.5].map { admission.takeLook(at: moment($0)) }
        #expect(looks == [true, false, false, true, false, true])
        let later = [(2.6, true), (3.5, false), (3.6, false)].map { time, afterWriting in
            admission.takeLook(at: moment(time), afterWriting: afterWriting)
        }
        #expect(later == [true, false, true])
        var careless = Admission(maxBytes: 100, minFreeDisk: 0)
        let look = careless.takeLook(at: moment(0), afterWriting: true)
        #expect(!look)
    }

    @Test func twoSlowFlushesInARowRefuseOrdinaryDeliveriesForAWhile() {
        var admission = Admission(maxBytes: 100, minFreeDisk: 0)
        func flush(_ begin: Double, _ end: Double) {
            admission.flushBegins(at: moment(begin))
            admission.flushEnds(at: moment(end))
        }
        flush(0, 3)
        #expect(refusal(admission, at: 3) == nil)
        flush(3, 6)
        #expect(refusal(admission, at: 6) == .slowness)
        #expect(refusal(admission, isObliged: true, at: 6) == nil)
        #expect(refusal(admission, at: 11) == nil)
        flush(11, 14)
        #expect(refusal(admission, at: 14) == .slowness)
        flush(14, 14.1)
        #expect(refusal(admission, at: 14.2) == nil)
    }

    @Test func aFlushThatDoesNotEndRefusesToo() {
        var admission = Admission(maxBytes: 100, minFreeDisk: 0)
        admission.flushBegins(at: moment(0))
        #expect(refusal(admission, at: 2) == nil)
        #expect(refusal(admission, at: 2.1) == .slowness)
        admission.flushEnds(at: moment(60))
        #expect(refusal(admission, at: 60) == nil)
    }
}
