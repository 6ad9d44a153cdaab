import GRDB

/// How much room the database takes.
struct DatabaseSize {
    /// Of pages that hold something.
    let bytesUsed: Int

    init(_ db: Database) throws {
        func pragma(_ name: String) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA \(name)") ?? 0 }
        bytesUsed = try (pragma("page_count") - pragma("freelist_count")) * pragma("page_size")
    }
}
