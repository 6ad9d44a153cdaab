import Bellhop
import Foundation
import InboxCore
import Testing

@testable import Workers

@Suite struct LanePacesTests {
    private let lane = EffectLane(.post, destination: "erp")
    private let now = Fixture.now

    private func room(_ paces: inout LanePaces, _ limits: LaneLimits, after seconds: Double = 0) -> Int? {
        paces.room(in: [lane: limits], at: now + seconds)[lane]
    }

    @Test func `no more are under way than allowed`() {
        var paces = LanePaces()
        let limits = LaneLimits(concurrency: 2)
        #expect(room(&paces, limits) == 2)
        paces.began(lane)
        paces.began(lane)
        #expect(room(&paces, limits) == 0)
        #expect(paces.nextRoom(after: now) == nil)
        paces.ended(lane, with: .answered, at: now)
        #expect(room(&paces, limits) == 1)
        #expect(room(&paces, LaneLimits(concurrency: 5)) == 4)
    }

    @Test func `no more go out in a minute than allowed, a burst apart`() {
        var paces = LanePaces()
        let limits = LaneLimits(concurrency: 100, perMinute: 60)
        var sent = 0
        for second in 0..<60 {
            for _ in 0..<(room(&paces, limits, after: Double(second)) ?? 0) {
                paces.began(lane)
                paces.ended(lane, with: .answered, at: now + Double(second))
                sent += 1
            }
        }
        #expect((60...70).contains(sent))
        let next = paces.nextRoom(after: now + 59)
        #expect(next.map { $0 > now + 59 && $0 <= now + 60.5 } == true)
    }

    @Test func `a limit that appears counts nothing that went out before`() {
        var paces = LanePaces()
        let free = LaneLimits(concurrency: 4)
        for _ in 0..<500 {
            #expect(room(&paces, free) == 4)
            paces.began(lane)
            paces.ended(lane, with: .answered, at: now)
        }
        let limited = LaneLimits(concurrency: 4, perMinute: 12)
        #expect(room(&paces, limited, after: 1) == 2)
        paces.began(lane)
        paces.began(lane)
        #expect(room(&paces, limited, after: 1) == 0)
        #expect(room(&paces, limited, after: 7) == 1)
    }

    @Test func `a receiver that asks for a rest gets it`() {
        var paces = LanePaces()
        let limits = LaneLimits(concurrency: 4)
        _ = room(&paces, limits)
        paces.began(lane)
        paces.ended(lane, with: .failed(retryAfter: .seconds(30)), at: now)
        #expect(room(&paces, limits, after: 29) == 0)
        #expect(paces.nextRoom(after: now + 29) == now + 30)
        #expect(room(&paces, limits, after: 30) == 4)
    }

    @Test func `a receiver that is down is tried with one at a time until it answers`() {
        var paces = LanePaces()
        let limits = LaneLimits(concurrency: 8)
        _ = room(&paces, limits)
        for _ in 1...8 {
            paces.began(lane)
            paces.ended(lane, with: .failed(retryAfter: nil), at: now)
        }
        #expect(room(&paces, limits, after: 1) == 0)
        #expect(room(&paces, limits, after: 61) == 1)
        paces.began(lane)
        #expect(room(&paces, limits, after: 61) == 0)
        paces.ended(lane, with: .answered, at: now + 61)
        #expect(room(&paces, limits, after: 61) == 8)
    }

    @Test func `a lane where nothing can be sent has no room and needs no look`() {
        var paces = LanePaces()
        #expect(room(&paces, LaneLimits(concurrency: 0, perMinute: 5)) == 0)
        #expect(paces.nextRoom(after: now) == nil)
    }
}
