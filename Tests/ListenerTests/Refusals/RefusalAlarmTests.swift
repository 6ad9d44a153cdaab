import Testing

@testable import Listener

@Suite("The alarm of refused deliveries")
struct RefusalAlarmTests {
    private var alarm = RefusalAlarm()

    /// Every second one delivery is accepted, for so long.
    private mutating func quiet(from start: Int, for seconds: Int) -> [RefusalAlarm.Change] {
        (start..<start + seconds).compactMap { alarm.accept(at: $0) }
    }

    @Test("A rotated secret shows within half a minute, once")
    mutating func rotated() {
        #expect(quiet(from: 0, for: 300).isEmpty)
        let changes = (300..<360).compactMap { alarm.refuse(.signatureWrong, at: $0) }
        #expect(changes.count == 1)
        guard case .began(let share) = changes.first else { return #expect(Bool(false)) }
        #expect(share.refused == 30)
        #expect(share.reason == "signature_wrong")
        #expect(alarm.isRaised)
    }

    @Test("With much traffic a burst is no alarm: it begins when half of a minute's deliveries are refused")
    mutating func half() {
        for second in 0..<60 {
            for _ in 0..<10 { #expect(alarm.accept(at: second) == nil) }
        }
        var began: [Int] = []
        for second in 60..<120 {
            #expect(alarm.accept(at: second) == nil)
            for _ in 0..<9 where alarm.refuse(.signatureWrong, at: second) != nil { began.append(second) }
        }
        // After t seconds 9 t are refused, and 600 - 9 t of the minute's 600 accepted.
        #expect(began.count == 1)
        #expect(began.first.map { (90...95).contains($0) } == true)
    }

    @Test("A few refusals among many deliveries are no alarm, and few in all are none either")
    mutating func few() {
        for second in 0..<60 {
            for _ in 0..<3 { #expect(alarm.accept(at: second) == nil) }
            #expect(alarm.refuse(.shopMismatch, at: second) == nil)
        }
        var small = RefusalAlarm()
        _ = small.accept(at: 0)
        for second in 1...4 { #expect(small.refuse(.signatureWrong, at: second) == nil) }
        #expect(small.accept(at: 5) == nil)
        #expect(!small.isRaised)
    }

    @Test("A shop with little to say is noticed by refusals in a row, over hours")
    mutating func slow() {
        #expect(alarm.accept(at: 0) == nil)
        let changes = (1...8).map { alarm.refuse(.signatureWrong, at: $0 * 3600) }
        #expect(changes.compactMap { $0 }.count == 1)
        #expect(changes[4] != nil)
    }

    @Test("It ends when deliveries are accepted again and refusals are few, not by silence")
    mutating func ends() {
        for second in 0..<20 { _ = alarm.refuse(.signatureWrong, at: second) }
        #expect(alarm.share(at: 1000) == RefusalAlarm.Share())
        #expect(alarm.isRaised)
        // Half are still refused: it goes on.
        for second in 1000..<1050 {
            #expect(alarm.refuse(.signatureWrong, at: second) == nil)
            #expect(alarm.accept(at: second) == nil)
        }
        let changes = quiet(from: 1050, for: 60)
        #expect(changes.count == 1)
        #expect(!alarm.isRaised)
    }

    @Test("A clock that is set back does no harm")
    mutating func backwards() {
        for second in stride(from: 1000, to: 0, by: -100) { _ = alarm.refuse(.signatureWrong, at: second) }
        #expect(alarm.isRaised)
        #expect(alarm.share(at: 0).refused == 10)
        _ = alarm.accept(at: .max)
        _ = alarm.accept(at: .min)
    }
}
