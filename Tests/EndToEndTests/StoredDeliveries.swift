import Foundation
import GRDB

/// What the database of a stopped server holds, read without any of Bellhop's code.
enum StoredDeliveries {
    /// How many rows each webhook id has, and how many jobs or outcomes belong to it.
    static func rows(in folder: URL) throws -> [String: Int] {
        try read(folder, sql: "SELECT webhook_id AS id, count(*) AS n FROM deliveries GROUP BY webhook_id")
    }

    static func bodies(in folder: URL) throws -> Int {
        try read(folder, sql: "SELECT 'all' AS id, count(*) AS n FROM bodies")["all"] ?? 0
    }

    private static func read(_ folder: URL, sql: String) throws -> [String: Int] {
        let database = try DatabaseQueue(path: folder.appending(path: "bellhop.sqlite").path)
        defer { try? database.close() }
        return try database.read { db in
            let rows = try Row.fetchAll(db, sql: sql)
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["id"], $0["n"]) })
        }
    }
}
