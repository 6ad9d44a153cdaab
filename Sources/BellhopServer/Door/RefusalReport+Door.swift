import Bellhop
import Console
import Listener

extension RefusalReport {
    init(_ counters: DoorCounters, _ refusals: RefusalLedger) {
        self.init(
            counts: counters.counts.refused, alarm: Alarm(refusals), recent: refusals.recent.map { Request($0) })
    }
}

extension RefusalReport.Alarm {
    init(_ refusals: RefusalLedger) {
        let share = refusals.share
        self.init(
            isRaised: refusals.isAlarmed, accepted: share.accepted, refused: share.refused, reason: share.reason)
    }
}

extension RefusalReport.Request {
    fileprivate init(_ request: RefusedRequest) {
        self.init(
            at: request.at, reason: request.reason, address: request.address, method: request.method,
            path: request.path, headers: request.headers.map { .init(name: $0.name, value: $0.value) })
    }
}

/// What `GET /api/health` tells of the public door.
struct DoorHealth: Encodable {
    var door: DoorCounts
    var refusals: RefusalReport.Alarm

    init(_ counters: DoorCounters, _ refusals: RefusalLedger) {
        door = counters.counts
        self.refusals = RefusalReport.Alarm(refusals)
    }

    var asJSON: JSONValue {
        let data = try? ConsoleJSON.encode(self)
        return data.flatMap { try? JSONValue(parsing: $0) } ?? [:]
    }
}
