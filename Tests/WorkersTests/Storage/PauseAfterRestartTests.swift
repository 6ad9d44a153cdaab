import Bellhop
import Foundation
import InboxCore
import InboxSQLite
import Testing
import Workers

/// A mistake of the handler fills no dead letters, however often the process starts anew.
@Suite(.timeLimit(.minutes(5))) struct PauseAfterRestartTests {
    /// Runs workers on the storage in a folder, with a handler whose first failure is the end of an event.
    private func live(in folder: URL, _ body: (SQLiteInbox, HandlerWatch) async throws -> Void) async throws {
        let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
        let watch = HandlerWatch(kept: try await inbox.pauses()) { news in
            switch news {
            case .paused(let paused):
                inbox.keep(
                    KeptPause(handlerID: paused.handlerID, fingerprint: paused.fingerprint, since: paused.since))
            case .resumed(let handlerID): inbox.forgetPause(of: handlerID)
            }
        }
        let rules = PauseRules(after: 3, shortest: .seconds(3600), longest: .seconds(3600))
        try await withWorkers(on: inbox, watch: watch, pauses: rules, maxAttempts: 1) {
            try await body(inbox, watch)
        }
        await inbox.close()
    }

    private func waits(for condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(5)) }
    }

    private func jobs(_ inbox: SQLiteInbox) async throws -> [JobState.Name: Int] {
        try await inbox.counts().jobs.filter { $0.value > 0 }
    }

    @Test func `a handler stays paused over restarts, each of which tries one event`() async throws {
        try await withTemporaryFolder { folder in
            try await live(in: folder) { inbox, watch in
                for number in 1...8 { _ = try await inbox.store(order: "fail", webhookID: "w-\(number)") }
                try await waits { try await jobs(inbox) == [.dead: 1, .waiting: 2, .ready: 5] }
                #expect(watch.paused.count == 1)
            }
            for life in 1...3 {
                try await live(in: folder) { inbox, watch in
                    #expect(watch.paused.map(\.handlerID) == ["obedient"])
                    try await waits { try await jobs(inbox) == [.dead: 1, .waiting: 2 + life, .ready: 5 - life] }
                }
            }
            try await live(in: folder) { inbox, watch in
                _ = watch.resume("obedient")
                try await waits { try await inbox.pauses().isEmpty }
            }
            try await live(in: folder) { _, watch in #expect(watch.paused.isEmpty) }
        }
    }

    @Test func `a pause that was kept ends with the first event that comes through`() async throws {
        try await withTemporaryFolder { folder in
            try await live(in: folder) { inbox, watch in
                for number in 1...3 { _ = try await inbox.store(order: "fail", webhookID: "w-\(number)") }
                try await waits { try await inbox.pauses().count == 1 }
            }
            try await live(in: folder) { inbox, watch in
                let good = try await inbox.store(order: "finish", webhookID: "w-4")
                try await inbox.reaches(.done, good)
                try await waits { try await inbox.pauses().isEmpty && watch.paused.isEmpty }
            }
        }
    }
}
