import Foundation
import InboxCore
import Synchronization
import Testing

@testable import InboxSQLite

@Suite(.timeLimit(.minutes(1))) struct ScrubTests {
    @Test func `the log is emptied though something new arrives during every commit`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            let stream = EndlessStream(writer: inbox.writer)
            inbox.writer.post(stream)
            while stream.rounds.withLock({ $0 }) < 3 {
                try Task.checkCancellation()
                await Task.yield()
            }
            #expect(try await inbox.scrub())
            stream.isOver.withLock { $0 = true }
            await inbox.close()
        }
    }

    @Test func `a closed inbox empties nothing`() async throws {
        try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            await inbox.close()
            let error = await #expect(throws: InboxError.self) { try await inbox.scrub() }
            #expect(error?.code == .closed)
        }
    }
}

/// A command that hands in the next while it is carried out.
private final class EndlessStream: StoreCommand {
    let isOver = Mutex(false)
    let rounds = Mutex(0)
    private let writer: StoreWriter

    init(writer: StoreWriter) {
        self.writer = writer
    }

    func perform(in transaction: inout StoreTransaction) {
        rounds.withLock { $0 += 1 }
        guard isOver.withLock({ !$0 }) else { return }
        writer.post(self)
    }
}
