import Foundation
import GRDB
import InboxCore
import Vocabulary

/// Jobs that are dead, or held because of a failure, and could run again, by what they failed of. A question of a
/// person: it looks at all of them.
struct FailedJobs {
    /// How many of the jobs that ended last are looked at for what a job usually costs.
    private static let recent = 1000

    private static let all = """
        failed AS (
          SELECT fingerprint, handler, delivery, 1 AS is_dead, reason, cost, attempts, finished_at AS at
          FROM outcomes CROSS JOIN deliveries ON deliveries.seq = outcomes.delivery
          WHERE state = 'dead' AND \(PayloadGone.canRun)
          UNION ALL
          SELECT fingerprint, handler, delivery, 0, reason, cost, attempts, failed_at FROM jobs
          WHERE failed_at IS NOT NULL
        )
        """

    let db: Database

    func groups(limit: Int) throws -> [DeadGroup] {
        // A bare column beside max() is of the row that holds the maximum: the reason that was given last.
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    WITH \(Self.all)
                    SELECT fingerprint, handler, count(*) AS n, sum(is_dead) AS dead, min(at) AS first_at,
                      max(at) AS last_at, reason, CAST(total(cost) AS INTEGER) AS cost, sum(max(attempts, 1)) AS attempts
                    FROM failed GROUP BY fingerprint, handler ORDER BY n DESC, fingerprint LIMIT ?
                    """), arguments: [max(0, limit)])
        return try rows.map { try group($0) }
    }

    private func group(_ row: Row) throws -> DeadGroup {
        let fingerprint: String = try row.decode(forKey: "fingerprint")
        let handler: String = try row.decode(forKey: "handler")
        let dead: Int = try row.decode(forKey: "dead")
        let count: Int = try row.decode(forKey: "n")
        return DeadGroup(
            fingerprint: fingerprint, handlerID: handler, reason: try row.decode(String?.self, forKey: "reason") ?? "",
            dead: dead, held: count - dead, shops: try shops(fingerprint),
            firstAt: try row.decode(Timestamp.self, forKey: "first_at").date,
            lastAt: try row.decode(Timestamp.self, forKey: "last_at").date,
            cost: USD(nanos: try row.decode(forKey: "cost")), attempts: try row.decode(forKey: "attempts"),
            usualCost: try usualCost(of: handler))
    }

    private func shops(_ fingerprint: String) throws -> [DeadGroup.ShopCount] {
        let statement = try db.cachedStatement(
            sql: """
                WITH \(Self.all)
                SELECT shop, count(*) AS n FROM failed CROSS JOIN deliveries ON deliveries.seq = failed.delivery
                WHERE fingerprint = ? GROUP BY shop ORDER BY n DESC, shop LIMIT ?
                """)
        return try Row.fetchAll(statement, arguments: [fingerprint, DeadGroup.mostShops]).map {
            DeadGroup.ShopCount(shop: try $0.decode(forKey: "shop"), count: try $0.decode(forKey: "n"))
        }
    }

    /// What a job of the handler that went well costs on the mean; `nil` when none did lately.
    private func usualCost(of handler: String) throws -> USD? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT CAST(avg(cost) AS INTEGER) FROM (SELECT * FROM outcomes ORDER BY job DESC LIMIT ?)
                WHERE state = 'done' AND handler = ?
                """)
        return try Int64?.fetchOne(statement, arguments: [Self.recent, handler])?.map { USD(nanos: $0) }
    }
}
