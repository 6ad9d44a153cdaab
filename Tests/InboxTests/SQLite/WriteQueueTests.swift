import Testing

@testable import InboxSQLite

struct WriteQueueTests {
    private static func queue(maxBytes: Int, maxPosted: Int) -> WriteQueue<Int> {
        WriteQueue(admission: Admission(maxBytes: maxBytes, minFreeDisk: 0), maxPosted: maxPosted)
    }

    @Test func theFirstStartsTheWriterAndTheOthersWait() {
        var queue = Self.queue(maxBytes: 100, maxPosted: 2)
        #expect(queue.admit(1, bytes: 10, at: .now) == .start)
        #expect(queue.admit(2, bytes: 10, at: .now) == .queued)
        #expect(queue.take() == [1, 2])
        #expect(queue.admit(3, bytes: 10, at: .now) == .queued)
        #expect(queue.take() == [3])
        #expect(queue.take() == [])
        #expect(queue.admit(4, bytes: 10, at: .now) == .start)
    }

    @Test func whatIsBeingWrittenCountsUntilItIsWritten() {
        var queue = Self.queue(maxBytes: 100, maxPosted: 2)
        #expect(queue.admit(1, bytes: 60, at: .now) == .start)
        #expect(queue.admit(2, bytes: 41, at: .now) == .refused(.queue))
        #expect(queue.take() == [1])
        #expect(queue.admit(3, bytes: 41, at: .now) == .refused(.queue))
        #expect(queue.admit(4, bytes: 40, at: .now) == .queued)
        #expect(queue.admit(5, bytes: 0, at: .now) == .queued)
        queue.wrote(bytes: 60)
        #expect(queue.admit(6, bytes: 60, at: .now) == .queued)
    }

    @Test func onceClosedItAdmitsNothingAndKeepsWhatWaits() {
        var queue = Self.queue(maxBytes: 100, maxPosted: 2)
        #expect(queue.admit(1, bytes: 1, at: .now) == .start)
        queue.close()
        #expect(queue.admit(2, bytes: 0, at: .now) == .closed)
        #expect(queue.take() == [1])
    }

    @Test func whatIsPostedIsBoundedInNumberUntilItIsRecordedOrLost() {
        var queue = Self.queue(maxBytes: 1, maxPosted: 2)
        #expect(queue.post(1) == .start)
        #expect(queue.admit(2, bytes: 1, at: .now) == .queued)
        #expect(queue.post(3) == .queued)
        #expect(queue.post(4) == .overloaded)
        #expect(queue.take() == [1, 2, 3])
        #expect(queue.post(5) == .overloaded)
        queue.recorded(posted: 1)
        #expect(queue.post(6) == .queued)
        _ = queue.lost(admitted: 2)
        #expect(queue.posted == 0)
        queue.close()
        #expect(queue.post(7) == .closed)
    }

    @Test func aLossIsTheFirstUntilSomethingIsRecorded() {
        var queue = Self.queue(maxBytes: 1, maxPosted: 1)
        _ = queue.post(1)
        var losses: [Bool] = []
        losses.append(queue.lost(admitted: 0))
        losses.append(queue.lost(admitted: 0))
        queue.recorded(posted: 1)
        losses.append(queue.lost(admitted: 0))
        #expect(losses == [true, false, true])
    }

    @Test(arguments: [
        ([], []),
        ([5], [[5]]),
        ([500], [[500]]),
        ([1, 1, 1, 1, 1], [[1, 1, 1], [1, 1]]),
        ([60, 60, 30, 10, 10], [[60], [60, 30, 10], [10]]),
        ([500, 1, 500], [[500], [1], [500]]),
        ([0, 0, 0, 0], [[0, 0, 0], [0]]),
    ])
    func batchesAreBoundedInSizeAndBytes(writes: [Int], batches: [[Int]]) {
        #expect(writes.batches(size: 3, bytes: 100) { $0 } == batches)
    }
}
