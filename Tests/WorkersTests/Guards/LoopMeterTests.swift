import Bellhop
import Foundation
import Testing

@testable import Workers

@Suite struct LoopMeterTests {
    private let limit = LoopLimit(runs: 3, window: .seconds(60))

    private func subject(_ resource: String = "Order/1", handler: String = "h") throws -> LoopMeter.Subject {
        LoopMeter.Subject(
            shop: try #require(Shop(domain: "lobby.myshopify.com")), resource: resource, handlerID: handler)
    }

    private func time(_ seconds: Double) -> Date { Fixture.now + seconds }

    @Test func `it trips with the run that reaches the limit, and says so once`() throws {
        var meter = LoopMeter()
        let subject = try subject()
        var trips: [Bool] = []
        for second in 0..<5 { trips.append(meter.ran(subject, limit: limit, at: time(Double(second)))) }
        #expect(trips == [false, false, true, false, false])
        let tripped = meter.isTripped(subject, limit: limit, at: time(5))
        #expect(tripped)
    }

    @Test func `runs that lie apart never trip it`() throws {
        var meter = LoopMeter()
        let subject = try subject()
        for number in 0..<20 {
            let trips = meter.ran(subject, limit: limit, at: time(Double(number) * 31))
            #expect(!trips)
        }
    }

    @Test func `it stays tripped until no event has come for a whole window`() throws {
        var meter = LoopMeter()
        let subject = try subject()
        for second in 0..<3 { _ = meter.ran(subject, limit: limit, at: time(Double(second))) }
        var tripped: [Bool] = []
        for second in [50.0, 100, 150, 211, 212] {
            tripped.append(meter.isTripped(subject, limit: limit, at: time(second)))
        }
        #expect(tripped == [true, true, true, false, false])
    }

    @Test func `other resources, handlers and shops go on`() throws {
        var meter = LoopMeter()
        for second in 0..<3 { _ = meter.ran(try subject(), limit: limit, at: time(Double(second))) }
        for other in [try subject("Order/2"), try subject(handler: "other")] {
            let tripped = meter.isTripped(other, limit: limit, at: time(3))
            #expect(!tripped)
        }
    }

    @Test func `its size is bounded, and what was quiet longest is forgotten`() throws {
        var meter = LoopMeter(capacity: 100)
        let loud = try subject("loud")
        for number in 0..<1000 {
            _ = meter.ran(loud, limit: limit, at: time(Double(number)))
            _ = meter.ran(try subject("Order/\(number)"), limit: limit, at: time(Double(number)))
            #expect(meter.size <= 101)
        }
        let tripped = meter.isTripped(loud, limit: limit, at: time(1000))
        #expect(tripped)
    }
}
