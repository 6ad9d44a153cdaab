import Foundation
import InboxCore
import Testing

@testable import Workers

@Suite struct HandlerHealthTests {
    private static let one = ErrorFingerprint(text: "1111111111111111")
    private static let two = ErrorFingerprint(text: "2222222222222222")
    private let rules = PauseRules(after: 3, shortest: .seconds(60), longest: .seconds(900))
    private var health = HandlerHealth()

    private static func time(_ seconds: TimeInterval) -> Date {
        Fixture.now + seconds
    }

    private mutating func fail(
        _ delivery: Int, _ fingerprint: ErrorFingerprint = one, at seconds: TimeInterval = 0
    ) -> (sentence: HandlerHealth.Sentence, news: HandlerHealth.News?) {
        health.failed(
            fingerprint, reason: "no", job: Int64(delivery), delivery: "d\(delivery)", at: Self.time(seconds),
            rules: rules)
    }

    private mutating func pause() {
        for delivery in 1...3 { _ = fail(delivery) }
    }

    @Test mutating func `deliveries that fail alike are put off from the second on, and pause the handler`() {
        #expect(fail(1).sentence == .own)
        #expect(fail(2).sentence == .putOff(until: Self.time(300)))
        #expect(health.pause == nil)
        let third = fail(3)
        #expect(third.sentence == .putOff(until: Self.time(300)))
        guard case .paused(let pause) = third.news else {
            Issue.record("not paused")
            return
        }
        #expect(pause.until == Self.time(60))
        #expect(pause.fingerprint == Self.one)
        #expect(health.pause == pause)
    }

    @Test mutating func `a pause that was kept goes on after one try`() {
        health = HandlerHealth(
            KeptPause(handlerID: "h", fingerprint: Self.one, since: Self.time(-500)), at: Self.time(0))
        #expect(health.isProbeDue(at: Self.time(0)))
        // One that ran at the same time.
        #expect(fail(1).sentence == .putOff(until: Self.time(300)))
        health.began(probe: 2)
        #expect(fail(2).sentence == .putOff(until: Self.time(300 + 1000)))
        #expect(!health.isProbeDue(at: Self.time(59)))
        #expect(health.isProbeDue(at: Self.time(60)))
        #expect(health.cameThrough() == .resumed)
    }

    @Test mutating func `one event that fails time and again is its own affair`() {
        for attempt in 0..<20 {
            #expect(fail(1, at: TimeInterval(attempt)).sentence == .own)
        }
        #expect(health.pause == nil)
    }

    @Test mutating func `a success between clears the suspicion`() {
        _ = fail(1)
        _ = fail(2)
        #expect(health.cameThrough() == nil)
        #expect(fail(3).sentence == .own)
        #expect(fail(4).news == nil)
    }

    @Test mutating func `another failure between does not hide a pattern`() {
        _ = fail(1)
        _ = fail(7, Self.two)
        _ = fail(2)
        _ = fail(7, Self.two)
        #expect(fail(3).news != nil)
    }

    @Test mutating func `a few events that fail alike end some time`() {
        _ = fail(1, at: 0)
        #expect(fail(2, at: 1).sentence != .own)
        #expect(fail(1, at: 50).sentence != .own)
        // Nobody joined them within a minute.
        #expect(fail(1, at: 62).sentence == .own)
        #expect(fail(2, at: 301).sentence == .own)
        #expect(health.pause == nil)
    }

    @Test mutating func `in a pause the same failure waits, and another is the event's own`() {
        pause()
        #expect(fail(4, at: 5).sentence == .putOff(until: Self.time(305)))
        #expect(fail(5, Self.two, at: 5).sentence == .own)
        #expect(fail(4, at: 5).news == nil)
    }

    @Test mutating func `after the pause exactly one job is tried`() {
        pause()
        #expect(!health.isProbeDue(at: Self.time(59)))
        #expect(health.isProbeDue(at: Self.time(60)))
        health.began(probe: 9)
        #expect(!health.isProbeDue(at: Self.time(600)))
    }

    @Test mutating func `failed probes double the pause up to its longest`() {
        pause()
        var now: TimeInterval = 60
        for length in [120, 240, 480, 900, 900] as [TimeInterval] {
            health.began(probe: 9)
            let (sentence, news) = fail(9, at: now)
            #expect(sentence != .own)
            #expect(news == nil)
            #expect(health.pause?.until == Self.time(now + length))
            now += length
            #expect(health.isProbeDue(at: Self.time(now)))
        }
    }

    @Test mutating func `a probe that fails otherwise keeps the pause, and is not lost`() {
        pause()
        health.began(probe: 9)
        #expect(fail(9, Self.two, at: 60).sentence != .own)
        #expect(health.pause?.fingerprint == Self.two)
    }

    @Test mutating func `a probe that failed gives way to others`() {
        pause()
        health.began(probe: 9)
        guard case .putOff(let until) = fail(9, at: 60).sentence, let next = health.pause?.until else {
            Issue.record("not put off")
            return
        }
        #expect(until > next)
    }

    @Test mutating func `a success resumes, whether it was the probe or not`() {
        pause()
        #expect(health.cameThrough() == .resumed)
        #expect(health.pause == nil)
        #expect(fail(1).sentence == .own)
    }

    @Test mutating func `a probe without an outcome is followed by another`() {
        pause()
        health.began(probe: 9)
        health.learntNothing(from: 8, at: Self.time(70), rules: rules)
        #expect(!health.isProbeDue(at: Self.time(1000)))
        health.learntNothing(from: 9, at: Self.time(70), rules: rules)
        #expect(health.isProbeDue(at: Self.time(130)))
    }

    @Test mutating func `nothing is paused when that is switched off`() {
        let never = PauseRules(after: 0)
        for delivery in 1...50 {
            let (sentence, news) = health.failed(
                Self.one, reason: "no", job: Int64(delivery), delivery: "d\(delivery)", at: Fixture.now, rules: never)
            #expect(sentence == .own)
            #expect(news == nil)
        }
    }

    @Test mutating func `many kinds of failure take little room`() {
        for number in 0..<1000 {
            _ = fail(number, ErrorFingerprint(text: "\(number)"))
        }
        // The first kinds are forgotten, the last are not.
        #expect(fail(1, ErrorFingerprint(text: "0")).sentence == .own)
        #expect(fail(1, ErrorFingerprint(text: "999")).sentence != .own)
    }

    @Test mutating func `switching pauses off ends the one that is kept`() {
        health = HandlerHealth(
            KeptPause(handlerID: "h", fingerprint: Self.one, since: Self.time(-500)), at: Self.time(0))
        health.began(probe: 1)
        let never = PauseRules(after: 0, shortest: .seconds(60), longest: .seconds(900))
        let (sentence, news) = health.failed(
            Self.one, reason: "no", job: 1, delivery: "d1", at: Self.time(1), rules: never)
        #expect(sentence == .own)
        #expect(news == .resumed)
        #expect(health.pause == nil)
    }
}
