import Bellhop
import Foundation
import InboxCore
import InboxSQLite
import Logging
import Testing
import Workers

/// What a handler is given stays the same over the death of the process: the storage is the real one.
@Suite(.timeLimit(.minutes(5))) struct SecondRunTests {
    @Test func `a run after the death of the process sees the time and the numbers of the first`() async throws {
        let stage = Stage()
        var told = stage.arrivals.makeAsyncIterator()
        try await withTemporaryFolder { folder in
            let dead = folder.appending(path: "dead")
            let inbox = try await SQLiteInbox.open(folder: folder.appending(path: "living"), logger: .quiet)
            let event = try await inbox.store(order: "tell its time and lot on stage")
            let first = try await withWorkers(on: inbox, stage: stage) {
                let first = try #require(await told.next())
                // What is on the disk while the handler runs is what a process that dies now leaves behind.
                try FileManager.default.copyItem(at: folder.appending(path: "living"), to: dead)
                stage.letOneGo()
                try await inbox.reaches(.done, event)
                return first
            }
            await inbox.close()

            let reopened = try await SQLiteInbox.open(folder: dead, logger: .quiet)
            try await withWorkers(on: reopened, stage: stage) {
                #expect(await told.next() == first)
                stage.letOneGo()
                try await reopened.reaches(.done, event)
            }
            let job = try #require(try await reopened.detail(of: event)?.jobs.first)
            #expect(job.summary.crashes == 1)
            #expect(job.effects.map(\.effect) == [.tag(.order(1), [first])])
            await reopened.close()
        }
    }
}
