import Bellhop
import Foundation
import InboxCore
import Testing

@Suite struct EffectRecordTests {
    private let lease = Lease(token: 1, epoch: 1, expiresAt: Sample.time(60))

    private func sending() -> EffectRecord {
        var record = EffectRecord()
        _ = record.claim(under: lease)
        return record
    }

    @Test func `only the holder of the lease moves it`() {
        let stranger = Lease(token: 2, epoch: 1, expiresAt: Sample.time(60))
        var record = sending()
        let moved = [
            record.finish(stranger, with: EffectResult(.done(wrote: []), at: Sample.time(1))),
            record.extend(stranger, until: Sample.time(99)), record.claim(under: stranger),
        ]
        #expect(moved == [false, false, false])
        #expect(record == sending())
    }

    @Test func `what failed for certain cannot have arrived`() {
        var record = EffectRecord(mayHaveArrived: true)
        _ = record.claim(under: lease)
        _ = record.finish(lease, with: EffectResult(.failed(reason: "refused"), at: Sample.time(1)))
        #expect(!record.mayHaveArrived)
        #expect(record.state == .failed(at: Sample.time(1), reason: "refused"))
    }

    @Test func `a lease that ends leaves it uncertain, a pause does not`() {
        var record = sending()
        let changed = [record.becomeDue(at: Sample.time(59)), record.becomeDue(at: Sample.time(60))]
        #expect(changed == [false, true])
        #expect(record.mayHaveArrived)

        var waiting = EffectRecord(state: .planned(due: Sample.time(5), reason: "HTTP 503"), attempts: 1)
        _ = waiting.becomeDue(at: Sample.time(5))
        #expect(!waiting.mayHaveArrived)
        #expect(waiting.state == .planned(due: nil, reason: "HTTP 503"))
    }

    @Test func `lanes are read as they are written`() {
        for lane in [EffectLane(.tag), EffectLane(.post, destination: "erp"), EffectLane(.post, destination: "a:b")] {
            #expect(EffectLane(text: lane.text) == lane)
        }
        #expect(EffectLane(text: "mail") == nil)
        #expect(EffectLane(text: "") == nil)
    }

    @Test func `shares never pass the limit, and the first lane changes`() {
        let lanes = ["a", "b", "c"].map { EffectLane(.post, destination: $0) } + [EffectLane(.tag)]
        let demand = EffectDemand(limit: 7, kinds: [.post], room: [lanes[1]: 1, lanes[2]: 0])
        let shares = demand.shares(of: lanes, turn: 1)
        #expect(shares.map(\.lane.destination) == ["b", "a"])
        #expect(shares.map(\.count) == [1, 3])
        #expect(EffectDemand(limit: 1, kinds: [.post]).shares(of: lanes, turn: 2).map(\.lane.destination) == ["c"])
        #expect(EffectDemand(limit: 0, kinds: [.post]).shares(of: lanes, turn: 0).isEmpty)
        #expect(EffectDemand(limit: -3, kinds: [.post]).shares(of: lanes, turn: -5).isEmpty)
    }
}
