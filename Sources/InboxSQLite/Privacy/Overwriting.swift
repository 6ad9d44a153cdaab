import GRDB

/// Overwrites columns with zeros of the same length, in their place.
///
/// SQLite zeroes what it frees (`secure_delete`), but a row that moves to another page while its neighbours are deleted
/// can leave a copy in the unused part of the old one. A row that was overwritten first leaves zeros.
struct Overwriting {
    let db: Database

    /// - Parameter condition: says which rows, with a `?` for the argument.
    func zero(_ columns: String..., of table: String, where condition: String, _ argument: Int64) throws {
        let settings = columns.map { "\($0) = zeroblob(length(CAST(\($0) AS BLOB)))" }.joined(separator: ", ")
        try db.cachedStatement(sql: "UPDATE \(table) SET \(settings) WHERE \(condition)")
            .execute(arguments: [argument])
    }
}
