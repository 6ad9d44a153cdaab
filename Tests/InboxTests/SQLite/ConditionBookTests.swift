import Foundation
import InboxCore
import Testing

@testable import InboxSQLite

struct ConditionBookTests {
    private var book = ConditionBook()

    @Test mutating func aFailureIsNewsOnceAndItsEndToo() {
        #expect(book.wrote() == nil)
        #expect(book.failed("full", at: Sample.time(1)) == .fails("full"))
        #expect(book.failed("full", at: Sample.time(2)) == nil)
        #expect(book.failed("read-only", at: Sample.time(3)) == .fails("read-only"))
        let condition = book.condition(freeBytes: 7, at: Sample.time(4))
        #expect(
            condition == StorageCondition(.failing, reason: "read-only", since: Sample.time(1), freeBytes: 7))
        #expect(book.wrote() == .works)
        #expect(book.wrote() == nil)
        #expect(book.condition(freeBytes: nil, at: Sample.time(5)) == StorageCondition(.working))
    }

    @Test mutating func refusalsCloseTogetherAreOneStretch() {
        #expect(book.admitted(at: Sample.time(0)) == nil)
        #expect(book.refused(.disk, at: Sample.time(1)) == .refuses(Admission.Refusal.disk.words))
        #expect(book.admitted(at: Sample.time(2)) == nil)
        #expect(book.refused(.queue, at: Sample.time(3)) == nil)
        let condition = book.condition(freeBytes: nil, at: Sample.time(7))
        #expect(condition.state == .refusing)
        #expect(condition.reason == Admission.Refusal.queue.words)
        #expect(condition.since == Sample.time(1))
        #expect(book.condition(freeBytes: nil, at: Sample.time(8)).state == .working)
        #expect(book.admitted(at: Sample.time(8)) == .takesAgain)
        #expect(book.admitted(at: Sample.time(9)) == nil)
    }
}
