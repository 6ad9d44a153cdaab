import GRDB
import GRDBSQLite

extension Database {
    /// Pages that commits of this connection have put into the write-ahead log since this was last asked.
    ///
    /// GRDB has no such figure, and the size of the log's file does not tell: the file is used again from its start.
    func takePagesWritten() -> Int {
        var pages: CInt = 0
        var highest: CInt = 0
        sqlite3_db_status(sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &highest, 1)
        return Int(pages)
    }
}
