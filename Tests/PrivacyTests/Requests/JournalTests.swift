import Bellhop
import Cryptography
import Foundation
import GRDB
import InboxCore
import ModelClient
import TestSupport
import Testing

@testable import InboxSQLite

@Suite("Answers in the journal", .timeLimit(.minutes(5)))
struct JournalTests {
    /// An answer with the customer's words in it, as a worker journals it.
    private func answer(_ stage: Stage) async throws {
        try await stage.receive("orders/create", #"{"id":1,"customer":{"id":7}}"#)
        let claims = try await stage.inbox.claim(limit: 1, now: Stage.start, leaseFor: .seconds(60))
        let claim = try #require(claims.first)
        let step = JournaledStep(
            name: "Mood \"quoted\"", occurrence: 0, digest: Data([1]), answer: ["summary": .string(Sample.marker)],
            model: "small", at: Stage.start)
        try await stage.inbox.writer.submit(
            SettleCommand(
                Settlement(id: UUID(), cost: .billed(USD(nanos: 1)), note: try JournalNote(step, of: claim).encoded())))
        _ = try await stage.inbox.finish(claim, with: Stage.result(.done(effects: [])))
    }

    @Test func `they are erased with the customer`() async throws {
        try await Stage.open { stage in
            try await answer(stage)
            #expect(try !stage.files(holding: Sample.marker).isEmpty)
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(try stage.files(holding: Sample.marker) == [])
            #expect(try await stage.inbox.overview(limit: 1).erasures.first?.counts["steps"] == 1)
        }
    }

    @Test func `they are in the customer's export`() async throws {
        try await Stage.open { stage in
            try await answer(stage)
            try await stage.receive("customers/data_request", Sample.dataRequest(customer: 7))
            try await stage.work()
            let export = try #require(try await stage.inbox.overview(limit: 1).dataRequests.first?.exports.first)
            let json = try JSONValue(parsing: try await stage.inbox.openExport(export.id, at: Stage.start))
            let answer = json["records"]?[0]?["jobs"]?[0]?["answers"]?[0]
            #expect(answer == ["question": "Mood \"quoted\"", "answer": ["summary": .string(Sample.marker)]])
        }
    }

    @Test func `with a key they are sealed, and sealed anew after a rotation`() async throws {
        let old = try StorageKey(bytes: Data(0..<32))
        let new = try StorageKey(bytes: Data(1..<33))
        try await TemporaryFolder.with { folder in
            try await Stage.reopen(folder, keys: StorageKeys([old])) { stage in
                try await answer(stage)
                let found = try stage.files(holding: Sample.marker)
                #expect(found == [])
            }
            try await Stage.reopen(folder, keys: StorageKeys([new, old])) { stage in
                while try await stage.inbox.resealNext() {}
                let overview = try await stage.inbox.overview(limit: 1)
                #expect(overview.isSealed)
            }
            try await Stage.reopen(folder, keys: StorageKeys([new])) { stage in
                let steps = try await stage.inbox.readers.read { db in
                    try Steps(db: db, sealing: stage.inbox.sealing).ofJob(1).map {
                        try $0.unpacked(stage.inbox.sealing)
                    }
                }
                #expect(steps.map(\.answer) == [["summary": .string(Sample.marker)]])
            }
        }
    }
}
