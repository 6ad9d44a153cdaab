import NIOCore
import Testing

@testable import Listener

@Suite("The pace of a connection")
struct ConnectionPaceTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private var limits: DoorLimits {
        var limits = DoorLimits()
        limits.headerTime = .seconds(10)
        limits.bodyTime = .seconds(30)
        limits.bodyGrace = .seconds(5)
        limits.bodyBytesPerSecond = 1000
        limits.answerTime = .seconds(4)
        limits.idleTime = .seconds(20)
        return limits
    }

    private func at(_ seconds: Double) -> NIODeadline {
        start + .nanoseconds(Int64(seconds * 1e9))
    }

    private func opened() -> ConnectionPace {
        var pace = ConnectionPace(limits: limits)
        pace.opened(at: start)
        return pace
    }

    @Test("Headers have ten seconds from the opening")
    func headers() {
        let pace = opened()
        #expect(pace.deadline == at(10))
        #expect(pace.verdict(at: at(9.9)) == nil)
        #expect(pace.verdict(at: at(10)) == .tooSlow(.headersTooSlow))
    }

    @Test("Every byte of a body buys time, up to the grace from now on and the limit of the whole")
    func body() {
        var pace = opened()
        pace.headEnded(at: at(1))
        #expect(pace.deadline == at(6))
        pace.bodyArrived(1000, at: at(3))
        #expect(pace.deadline == at(7))
        pace.bodyArrived(3000, at: at(6))
        #expect(pace.deadline == at(10))
        #expect(pace.verdict(at: at(10)) == .tooSlow(.bodyTooSlow))
        for second in 7...29 { pace.bodyArrived(1_000_000, at: at(Double(second))) }
        #expect(pace.deadline == at(31))
        #expect(pace.verdict(at: at(31)) == .tooSlow(.bodyTooSlow))
    }

    @Test("A body that came fast and stops is let go after the grace", arguments: [5000, 10 << 20, .max])
    func stalled(bytes: Int) {
        var pace = opened()
        pace.headEnded(at: at(0))
        pace.bodyArrived(bytes, at: at(1))
        #expect(pace.deadline == at(6))
        #expect(pace.verdict(at: at(6)) == .tooSlow(.bodyTooSlow))
    }

    @Test("While we do not read, the sender of a body is not late")
    func ownPause() {
        var pace = opened()
        pace.headEnded(at: at(0))
        pace.readEnded(at: at(1))
        pace.readEnded(at: at(2))
        #expect(pace.verdict(at: at(1000)) == nil)
        pace.readBegan(at: at(101))
        #expect(pace.deadline == at(105))
        #expect(pace.verdict(at: at(105)) == .tooSlow(.bodyTooSlow))
    }

    @Test("A body that begins while we do not read has its time from when we do")
    func ownPauseBefore() {
        var pace = opened()
        pace.headEnded(at: at(0))
        pace.requestEnded(at: at(0))
        pace.readEnded(at: at(0))
        pace.headEnded(at: at(1))
        pace.answered(at: at(2))
        #expect(pace.verdict(at: at(1000)) == nil)
        pace.readBegan(at: at(1000))
        #expect(pace.deadline == at(1005))
        for second in 1001...1029 { pace.bodyArrived(1_000_000, at: at(Double(second))) }
        #expect(pace.deadline == at(1030))
    }

    @Test("Between two requests there is the idle time; a later request's clock starts with its first byte")
    func keepAlive() {
        var pace = opened()
        pace.headEnded(at: at(0))
        pace.requestEnded(at: at(0))
        pace.answered(at: at(1))
        #expect(pace.verdict(at: at(20)) == nil)
        #expect(pace.verdict(at: at(21)) == .idle)
        pace.bytesArrived(at: at(15))
        pace.bytesArrived(at: at(20))
        #expect(pace.deadline == at(25))
        #expect(pace.verdict(at: at(25)) == .tooSlow(.headersTooSlow))
    }

    @Test("Our answer is due from the end of the head, as the sender counts")
    func answer() {
        var pace = opened()
        pace.headEnded(at: at(1))
        pace.requestEnded(at: at(3))
        #expect(pace.verdict(at: at(4.9)) == nil)
        #expect(pace.verdict(at: at(5)) == .tooSlow(.answerTooSlow))
        pace.answered(at: at(4))
        #expect(pace.verdict(at: at(6)) == nil)
    }

    @Test("It is due from the end of a body that alone took as long")
    func answerToSlowBody() {
        var pace = opened()
        pace.headEnded(at: at(1))
        pace.bodyArrived(5000, at: at(4))
        pace.requestEnded(at: at(5))
        #expect(pace.deadline == at(9))
    }

    @Test("While we owe an answer the sender of the next request is not late")
    func pipelined() {
        var pace = opened()
        pace.headEnded(at: at(0))
        pace.requestEnded(at: at(0))
        pace.bytesArrived(at: at(0))
        pace.headEnded(at: at(0))
        #expect(pace.complete == 1)
        #expect(pace.deadline == at(4))
        pace.answered(at: at(3))
        #expect(pace.complete == 0)
        #expect(pace.deadline == at(8))
        #expect(pace.verdict(at: at(8)) == .tooSlow(.bodyTooSlow))
    }

    @Test("The clock of a second answer starts when the first is given")
    func twoAnswers() {
        var pace = opened()
        for _ in 1...2 {
            pace.headEnded(at: at(0))
            pace.requestEnded(at: at(0))
        }
        pace.answered(at: at(3))
        #expect(pace.deadline == at(7))
        pace.answered(at: at(4))
        #expect(pace.deadline == at(24))
        #expect(pace.verdict(at: at(24)) == .idle)
    }
}
