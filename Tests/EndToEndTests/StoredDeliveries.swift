import Foundation
import GRDB

/// What the database of a stopped server holds, read without any of Bellhop's code.
enum StoredDeliveries {
    /// How many rows each webhook id has.
    static func rows(in folder: URL) throws -> [String: Int] {
        try read(folder, sql: "SELECT webhook_id AS id, count(*) AS n FROM deliveries GROUP BY webhook_id")
    }

    static func bodies(in folder: URL) throws -> Int {
        try read(folder, sql: "SELECT 'all' AS id, count(*) AS n FROM bodies")["all"] ?? 0
    }

    /// The handlers of all jobs of each webhook id, whether they are over or not.
    static func jobs(in folder: URL) throws -> [String: [String]] {
        let sql = """
            SELECT webhook_id AS id, handler FROM deliveries
            LEFT JOIN (SELECT delivery, handler FROM jobs UNION ALL SELECT delivery, handler FROM outcomes)
              ON delivery = deliveries.seq
            ORDER BY handler
            """
        return try reading(folder) { db in
            try Row.fetchAll(db, sql: sql).reduce(into: [:]) { jobs, row in
                jobs[row["id"], default: []] += [row["handler"] as String?].compactMap { $0 }
            }
        }
    }

    /// The digests of the bodies as they were received.
    static func hashes(in folder: URL) throws -> Set<Data> {
        try reading(folder) { try Data.fetchSet($0, sql: "SELECT body_hash FROM deliveries") }
    }

    private static func read(_ folder: URL, sql: String) throws -> [String: Int] {
        try reading(folder) { db in
            let rows = try Row.fetchAll(db, sql: sql)
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["id"], $0["n"]) })
        }
    }

    private static func reading<Value>(_ folder: URL, _ body: (Database) throws -> Value) throws -> Value {
        let database = try DatabaseQueue(path: folder.appending(path: "bellhop.sqlite").path)
        defer { try? database.close() }
        return try database.read(body)
    }
}
