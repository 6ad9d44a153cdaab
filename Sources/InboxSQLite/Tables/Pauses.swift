import Foundation
import GRDB
import InboxCore

/// Handlers that are left alone.
struct Pauses {
    let db: Database

    func all() throws -> [KeptPause] {
        try Row.fetchAll(db.cachedStatement(sql: "SELECT * FROM pauses ORDER BY handler")).map { row in
            KeptPause(
                handlerID: try row.decode(forKey: "handler"),
                fingerprint: ErrorFingerprint(text: try row.decode(forKey: "fingerprint")),
                since: try row.decode(Timestamp.self, forKey: "since").date)
        }
    }

    func keep(_ pause: KeptPause) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO pauses (handler, fingerprint, since) VALUES (?, ?, ?)")
            .execute(arguments: [pause.handlerID, pause.fingerprint.text, Timestamp(pause.since)])
    }

    func forget(_ handlerID: String) throws {
        try db.cachedStatement(sql: "DELETE FROM pauses WHERE handler = ?").execute(arguments: [handlerID])
    }
}
