import GRDB

@testable import InboxSQLite

/// Runs SQL as one of the writer's commands and gives the first number of the answer.
struct SQLCommand: StoreCommand {
    let sql: String

    func perform(in transaction: inout StoreTransaction) throws -> Int? {
        try Int.fetchOne(transaction.db, sql: sql)
    }
}
