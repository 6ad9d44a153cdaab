import Testing

@testable import InboxSQLite

struct PutOffWritesTests {
    @Test func `they keep their order and wait until a write succeeds`() {
        var putOff = PutOffWrites<Int>()
        _ = putOff.add([1, 2])
        _ = putOff.add([3])
        #expect(putOff.writes == [1, 2, 3])
        #expect(!putOff.isDue)
        _ = putOff.committed(posted: 0)
        #expect(putOff.isDue)
        #expect(putOff.take() == [1, 2, 3])
        #expect(!putOff.isDue)
    }

    @Test func `a second failure makes them wait again`() {
        var putOff = PutOffWrites<Int>()
        _ = putOff.add([1])
        _ = putOff.committed(posted: 0)
        _ = putOff.add(putOff.take())
        #expect(!putOff.isDue)
        putOff.tryOnceMore()
        #expect(putOff.isDue)
    }

    @Test func `a stretch of failures begins and ends once`() {
        var putOff = PutOffWrites<Int>()
        #expect(putOff.add([]) == false)
        #expect(putOff.committed(posted: 1) == false)
        #expect(putOff.add([1]) == true)
        #expect(putOff.add([2]) == false)
        #expect(putOff.committed(posted: 0) == false)
        #expect(putOff.add(putOff.take()) == false)
        _ = putOff.take()
        #expect(putOff.committed(posted: 2) == true)
        #expect(putOff.committed(posted: 1) == false)
        #expect(putOff.add([3]) == true)
    }
}
