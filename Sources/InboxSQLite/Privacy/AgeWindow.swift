import Foundation
import GRDB
import InboxCore

/// A stretch of the oldest deliveries, and which of them have come of age. The order of arrival stands for the order of
/// age, so that nothing young is looked at but the first.
struct AgeWindow: Sendable {
    private static let mostRows = 500
    private static let mostDeliveries = 64
    /// Of bodies that are still there; a stretch that reaches it ends.
    private static let mostBytes = 2 << 20

    /// Deliveries nobody works on, or waits for.
    private(set) var deliveries: [Int64] = []
    /// Where to go on; `nil` when that was all.
    private(set) var next: Int64?

    /// An effect that is on its way, or of which nobody knows whether it arrived, still needs its content. Of those
    /// that nobody delivers yet, none is on its way.
    static let select = """
        SELECT seq, received_at, gone, body_bytes,
          EXISTS (SELECT 1 FROM jobs WHERE jobs.delivery = deliveries.seq)
          OR EXISTS (
            SELECT 1 FROM outcomes JOIN effects ON effects.job = outcomes.job
            WHERE outcomes.delivery = deliveries.seq
              AND (effects.state IN ('sending', 'unknown') OR effects.state = 'planned' AND effects.kind = 'post')
          ) AS busy
        FROM deliveries WHERE seq > ? ORDER BY seq LIMIT \(mostRows)
        """

    /// - Parameters:
    ///   - position: 0 begins at the oldest delivery that there is something to delete of.
    ///   - withPayload: whether those whose payload is gone are passed over.
    init(_ db: Database, olderThan moment: Timestamp, after position: Int64, withPayload: Bool) throws {
        let start = position > 0 || !withPayload ? position : try Self.firstPayload(db) - 1
        let rows = try Row.fetchCursor(db.cachedStatement(sql: Self.select), arguments: [start])
        var looked = 0
        var bytes = 0
        while let row = try rows.next() {
            let receivedAt: Timestamp = try row.decode(forKey: "received_at")
            guard receivedAt.microseconds < moment.microseconds else {
                next = nil
                return
            }
            let seq: Int64 = try row.decode(forKey: "seq")
            let isGone = try row.decode(String?.self, forKey: "gone") != nil
            if try !row.decode(Bool.self, forKey: "busy"), !(withPayload && isGone) {
                deliveries.append(seq)
                if !isGone { bytes += try row.decode(forKey: "body_bytes") }
            }
            next = seq
            looked += 1
            if deliveries.count == Self.mostDeliveries || bytes >= Self.mostBytes { return }
        }
        if looked < Self.mostRows { next = nil }
    }

    private static func firstPayload(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT min(delivery) FROM bodies")) ?? Int64.max
    }
}
