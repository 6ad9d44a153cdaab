import Bellhop
import Cryptography
import Foundation
import InboxCore
import InboxSQLite
import Privacy
import Testing

@Suite("Exporting a customer's data", .timeLimit(.minutes(5)))
struct ExportTests {
    private func ask(_ stage: Stage) async throws -> ExportRecord {
        try await stage.receive("orders/create", Sample.order(1, customer: 7))
        try await stage.receive("orders/create", Sample.order(2, customer: 8, note: "somebody else"))
        try await stage.work { claim in
            claim.delivery.body.range(of: Data("somebody".utf8)) == nil ? Sample.quoting("Dear Zoe") : nil
        }
        try await stage.receive("customers/data_request", Sample.dataRequest(customer: 7))
        try await stage.work()
        let answer = try #require(try await stage.inbox.overview(limit: 1).dataRequests.first)
        #expect(answer.madeAt == Stage.start + 100)
        #expect(answer.dueAt == answer.requestedAt + 30 * 86_400)
        return try #require(answer.exports.first)
    }

    @Test func `it holds the payloads and effects about the customer and nobody else's`() async throws {
        try await Stage.open { stage in
            let export = try await ask(stage)
            let content = try await stage.inbox.openExport(export.id, at: Stage.start + 200)
            let json = try JSONValue(parsing: content)
            let records = try #require(json["records"]?.elements)
            #expect(records.count == 1)
            #expect(records[0]["payload"]?["note"] == .string(Sample.marker))
            #expect(records[0]["headers"]?["x-shopify-topic"] == "orders/create")
            #expect(records[0]["jobs"]?[0]?["effects"]?[0]?["effect"]?["text"] == "Dear Zoe")
            #expect(!String(decoding: content, as: UTF8.self).contains("somebody else"))
            let after = try await stage.inbox.overview(limit: 1).dataRequests[0].exports[0]
            #expect(after.openedAt == Stage.start + 200)
        }
    }

    @Test func `a request is found by its id however many came after it`() async throws {
        try await Stage.open { stage in
            try await stage.receive("customers/data_request", Sample.dataRequest(customer: 7))
            try await stage.receive("customers/redact", Sample.redact(customer: 8))
            try await stage.work()
            let overview = try await stage.inbox.overview(limit: 1)
            let (wish, erasure) = try (#require(overview.dataRequests.first), #require(overview.erasures.first))
            let randomID = "randomblob(16)"
            try await stage.run(
                """
                WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 1200)
                INSERT INTO erasures (id, kind, subject, webhook_id, requested_at, counts)
                SELECT \(randomID), 'shop/redact', x'00', 'w', 0, '{}' FROM more
                """)
            try await stage.run(
                """
                WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 1200)
                INSERT INTO data_requests (id, shop, subjects, requested_at)
                SELECT \(randomID), 'kelp-and-cotton.myshopify.com', '[]', 0 FROM more
                """)
            #expect(try await stage.inbox.overview(limit: 1000).erasures.allSatisfy { $0.id != erasure.id })
            #expect(try await stage.inbox.record(of: erasure.id) == .erasure(erasure))
            #expect(try await stage.inbox.record(of: wish.id) == .dataRequest(wish))
            #expect(try await stage.inbox.record(of: UUID().uuidString) == nil)
            #expect(try await stage.inbox.record(of: "nothing") == nil)
        }
    }

    @Test func `only its owner may read the file`() async throws {
        try await Stage.open { stage in
            let export = try await ask(stage)
            let file = stage.folder.appending(path: "exports/\(export.id).json")
            let facts = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(facts[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `with a key the file is sealed, and opens through the store`() async throws {
        let keys = StorageKeys([try StorageKey(bytes: Data(0..<32))])
        try await Stage.open(keys: keys) { stage in
            let export = try await ask(stage)
            #expect(try stage.files(holding: Sample.marker) == [])
            let content = try await stage.inbox.openExport(export.id, at: Stage.start)
            #expect(String(decoding: content, as: UTF8.self).contains(Sample.marker))
        }
    }

    @Test func `an export that is over is deleted, and one that is not stays`() async throws {
        try await Stage.open { stage in
            let export = try await ask(stage)
            try await stage.inbox.deleteExpiredExports(at: export.expiresAt - 1)
            _ = try await stage.inbox.openExport(export.id, at: Stage.start)
            try await stage.inbox.deleteExpiredExports(at: export.expiresAt)
            await #expect(throws: InboxError.self) { try await stage.inbox.openExport(export.id, at: Stage.start) }
            #expect(
                !FileManager.default.fileExists(atPath: stage.folder.appending(path: "exports/\(export.id).json").path))
        }
    }

    @Test func `erasing the customer removes the export too`() async throws {
        try await Stage.open { stage in
            _ = try await ask(stage)
            try await stage.receive("customers/redact", Sample.redact(customer: 7))
            try await stage.work()
            #expect(try stage.files(holding: Sample.marker) == [])
            #expect(try await stage.inbox.overview(limit: 1).dataRequests[0].exports == [])
        }
    }

    @Test(arguments: ["../bellhop.sqlite", "../../etc/passwd", "nothing"])
    func `no other file can be had by its name`(id: String) async throws {
        try await Stage.open { stage in
            let error = await #expect(throws: InboxError.self) { try await stage.inbox.openExport(id, at: Stage.start) }
            #expect(error?.code == .notFound)
        }
    }
    @Test func `what cannot be read any more is left out, and the rest is told`() async throws {
        try await Stage.open { stage in
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            try await stage.work { _ in Sample.quoting("Dear Zoe") }
            try await stage.run("UPDATE effects SET effect = '{' WHERE id = (SELECT max(id) FROM effects)")
            try await stage.run(
                """
                INSERT INTO steps (job, name, occurrence, digest, answer, model, at)
                SELECT job, 'Mood', 0, x'00', '{', 'small', 0 FROM outcomes
                """)
            let request = try await stage.receive("customers/data_request", Sample.dataRequest(customer: 7))
            try await stage.work()
            #expect(try await stage.state(of: request) == .done)
            let export = try #require(try await stage.inbox.overview(limit: 1).dataRequests.first?.exports.first)
            let json = try JSONValue(parsing: try await stage.inbox.openExport(export.id, at: Stage.start))
            let job = json["records"]?[0]?["jobs"]?[0]
            #expect(json["records"]?[0]?["payload"]?["note"] == .string(Sample.marker))
            #expect(job?["answers"] == [])
            #expect(job?["effects"] == [])
        }
    }

    @Test func `an export goes by the id of its request as well`() async throws {
        try await Stage.open { stage in
            let export = try await ask(stage)
            let request = try #require(try await stage.inbox.overview(limit: 1).dataRequests.first).id
            #expect(request != export.id)
            let content = try await stage.inbox.openExport(request, at: Stage.start + 200)
            #expect(try await stage.inbox.openExport(export.id, at: Stage.start + 300) == content)
        }
    }

    @Test(arguments: [
        "UPDATE data_requests SET made_at = NULL", "UPDATE exports SET id = substr(id, 1, 37) || '2'",
    ])
    func `a part of an answer does not go by the id of its request`(change: String) async throws {
        try await Stage.open { stage in
            _ = try await ask(stage)
            let request = try #require(try await stage.inbox.overview(limit: 1).dataRequests.first).id
            try await stage.run(change)
            let error = await #expect(throws: InboxError.self) {
                _ = try await stage.inbox.openExport(request, at: Stage.start + 200)
            }
            #expect(error?.code == .notFound)
        }
    }
}
