import Foundation
import GRDB
import InboxCore

@testable import InboxSQLite

/// The same work, done until the power goes.
struct PowerCutRun {
    /// The database at the beginning; empty for a first start.
    var database: Data
    /// At which change the power goes.
    var change: Int
    /// Whether the inbox is opened while changes are counted, and nothing else; otherwise it is open by then.
    var isFirstStart = false
    /// Run on the writing connection after everything else.
    var pragma = "PRAGMA user_version"

    struct Cut {
        let power: FailingPower
        let promises: Promises

        /// Opens what is left after losses.
        ///
        /// - Returns: what is not as it was promised.
        func restart(losing loss: Loss, seed: Int) async throws -> [String] {
            try await withTemporaryFolder { folder in
                try power.restore(into: folder, losing: loss, seed: seed)
                var restart = Restart(folder, after: promises)
                return try await restart.check()
            }
        }
    }

    func run() async throws -> Cut {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try database.write(to: folder.appending(path: "bellhop.sqlite"))
            let power = try FailingPower()
            var setup = StoreWriter.Setup(folder: folder, options: .init(checkpointPages: 12))
            setup.fileSystem = power.name
            setup.prepare = { [pragma] in try $0.execute(sql: pragma) }
            if isFirstStart { power.cut(atChange: change) }
            do {
                return Cut(power: power, promises: try await work(SQLiteInbox.open(setup, logger: .quiet), power))
            } catch let error as InboxError where error.code == .storage {
                // The power went while the inbox was being opened: nobody was promised anything.
                return Cut(power: power, promises: Promises())
            }
        }
    }

    private func work(_ inbox: SQLiteInbox, _ power: FailingPower) async throws -> Promises {
        // That the inbox was opened is a promise too: the next one begins a later epoch.
        var shift = Shift()
        do {
            try await shift.begin(at: inbox)
            if !isFirstStart {
                power.cut(atChange: change)
                try await shift.work(at: inbox)
            }
        } catch let error as InboxError where error.code == .storage {
            // The caller sees the failure; what it was told before counts.
        }
        await inbox.close()
        return shift.promises
    }

    /// A database as a start leaves it.
    static func openedOnce() async throws -> Data {
        try await withTemporaryFolder { folder in
            await (try SQLiteInbox.open(folder: folder, logger: .quiet)).close()
            return try Data(contentsOf: folder.appending(path: "bellhop.sqlite"))
        }
    }
}
