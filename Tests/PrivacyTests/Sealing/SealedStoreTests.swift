import Bellhop
import Cryptography
import Foundation
import InboxCore
import InboxSQLite
import Privacy
import TestSupport
import Testing

@Suite("A sealed store", .timeLimit(.minutes(5)))
struct SealedStoreTests {
    private let old: StorageKey
    private let new: StorageKey

    init() throws {
        old = try StorageKey(bytes: Data(0..<32))
        new = try StorageKey(bytes: Data(1..<33))
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        try await TemporaryFolder.with([:], body)
    }

    /// One finished order with an effect, and one that waits for a worker.
    private func fill(_ stage: Stage) async throws -> (done: String, ready: String) {
        let done = try await stage.receive("orders/create", Sample.order(1, customer: 7))
        try await stage.work { _ in Stage.result(.done(effects: [.note(.order(1), Sample.marker)])) }
        return (done, try await stage.receive("orders/create", Sample.order(2, customer: 7)))
    }

    private func effects(of id: String, _ stage: Stage) async throws -> [Effect] {
        try #require(try await stage.inbox.detail(of: id)?.jobs.first).effects.map(\.effect)
    }

    @Test func `what customers and models wrote is in no file, and comes back as it was`() async throws {
        try await Stage.open(keys: StorageKeys([new])) { stage in
            let ids = try await fill(stage)
            #expect(try stage.files(holding: Sample.marker) == [])
            #expect(try stage.files(holding: "x-shopify-topic") == [])
            #expect(try await effects(of: ids.done, stage) == [.note(.order(1), Sample.marker)])
            let claim = try #require(
                try await stage.inbox.claim(limit: 1, now: Stage.start, leaseFor: .seconds(60)).first)
            #expect(claim.delivery.body == Data(Sample.order(2, customer: 7).utf8))
            #expect(claim.delivery.headers == ["x-shopify-topic": "orders/create"])
        }
    }

    @Test func `rows from before the key stay readable and are sealed behind the scenes`() async throws {
        try await withFolder { folder in
            var ids = (done: "", ready: "")
            try await Stage.reopen(folder) { ids = try await fill($0) }
            try await Stage.reopen(folder, keys: StorageKeys([new])) { stage in
                #expect(try await effects(of: ids.done, stage) == [.note(.order(1), Sample.marker)])
                #expect(try await !stage.inbox.overview(limit: 1).isSealed)
                while try await stage.inbox.resealNext() {}
                #expect(try await stage.inbox.overview(limit: 1).isSealed)
                #expect(try await stage.inbox.scrub())
                #expect(try stage.files(holding: Sample.marker) == [])
                #expect(try await effects(of: ids.done, stage) == [.note(.order(1), Sample.marker)])
                #expect(try await stage.inbox.claim(limit: 9, now: Stage.start, leaseFor: .seconds(60)).count == 1)
            }
        }
    }

    @Test func `after a rotation the old key is not needed any more`() async throws {
        try await withFolder { folder in
            var ids = (done: "", ready: "")
            try await Stage.reopen(folder, keys: StorageKeys([old])) { ids = try await fill($0) }
            try await Stage.reopen(folder, keys: StorageKeys([new, old])) { stage in
                while try await stage.inbox.resealNext() {}
            }
            try await Stage.reopen(folder, keys: StorageKeys([new])) { (stage: Stage) async throws in
                #expect(try await effects(of: ids.done, stage) == [.note(.order(1), Sample.marker)])
                #expect(try await stage.inbox.claim(limit: 9, now: Stage.start, leaseFor: .seconds(60)).count == 1)
            }
        }
    }

    @Test(arguments: [false, true])
    func `without the key its jobs are held, and run again when it is back`(hasOther: Bool) async throws {
        try await withFolder { folder in
            var ids = (done: "", ready: "")
            try await Stage.reopen(folder, keys: StorageKeys([old])) { ids = try await fill($0) }
            try await Stage.reopen(folder, keys: StorageKeys(hasOther ? [new] : [])) { stage in
                let fresh = try await stage.receive("orders/create", Sample.order(3, customer: 9))
                let claims = try await stage.inbox.claim(limit: 9, now: Stage.start, leaseFor: .seconds(60))
                #expect(claims.map(\.deliveryID) == [fresh])
                let job = try #require(try await stage.inbox.detail(of: ids.ready)?.jobs.first)
                #expect(job.summary.state == .held)
                #expect(job.summary.reason?.contains("\(old.id)") == true)
                #expect(job.summary.reason?.contains("BELLHOP_STORAGE_KEY") == true)
                let error = await #expect(throws: InboxError.self) { try await stage.inbox.detail(of: ids.done) }
                #expect(error?.message.contains("\(old.id)") == true)
                while try await stage.inbox.resealNext() {}
                #expect(try await !stage.inbox.overview(limit: 1).isSealed)
            }
            try await Stage.reopen(folder, keys: StorageKeys([new, old])) { stage in
                let claims = try await stage.inbox.claim(limit: 9, now: Stage.start, leaseFor: .seconds(60))
                #expect(Set(claims.map(\.deliveryID)).contains(ids.ready))
                #expect(claims.count == 2)
            }
        }
    }

    @Test func `a sealed row that is put in another's place is damaged`() async throws {
        try await Stage.open(keys: StorageKeys([new])) { stage in
            try await stage.receive("orders/create", Sample.order(1, customer: 7))
            let second = try await stage.receive("orders/create", Sample.order(2, customer: 7))
            try await stage.run(
                "UPDATE bodies SET content = (SELECT content FROM bodies WHERE delivery = 1) WHERE delivery = 2")
            let claims = try await stage.inbox.claim(limit: 9, now: Stage.start, leaseFor: .seconds(60))
            #expect(claims.count == 1)
            #expect(try await stage.state(of: second) == .held)
        }
    }

    @Test func `an erasure waits for a key that it needs to search with`() async throws {
        try await withFolder { folder in
            try await Stage.reopen(folder, keys: StorageKeys([old])) { stage in
                try await stage.receive("orders/create", Sample.order(1, customer: 7), handlers: [])
            }
            var request = ""
            try await Stage.reopen(folder, keys: StorageKeys([new])) { stage in
                request = try await stage.receive("customers/redact", Sample.redact(customer: 7))
                try await stage.work()
                let job = try #require(try await stage.inbox.detail(of: request)?.jobs.first)
                #expect(job.summary.state == .waiting)
                #expect(job.summary.reason?.contains("\(old.id)") == true)
            }
            try await Stage.reopen(folder, keys: StorageKeys([new, old])) { stage in
                let claims = try await stage.inbox.claim(limit: 1, now: Stage.start + 500, leaseFor: .seconds(60))
                let claim = try #require(claims.first)
                _ = try await stage.inbox.finish(claim, with: Stage.result(try await stage.desk.run(claim)))
                #expect(try await stage.state(of: request) == .done)
                #expect(try await stage.number("SELECT count(*) FROM bodies") == 0)
            }
        }
    }

    @Test func `the job of a shop that has gone stays held when the key is back`() async throws {
        try await withFolder { folder in
            var ids = (done: "", ready: "")
            try await Stage.reopen(folder, keys: StorageKeys([old])) { ids = try await fill($0) }
            try await Stage.reopen(folder, keys: StorageKeys([new])) { stage in
                try await stage.work()
                try await stage.receive("app/uninstalled", Sample.uninstalled, triggeredAt: 10)
                try await stage.work()
                #expect(try await stage.number("SELECT count(*) FROM absent_shops") == 1)
            }
            try await Stage.reopen(folder, keys: StorageKeys([new, old])) { stage in
                let job = try #require(try await stage.inbox.detail(of: ids.ready)?.jobs.first)
                #expect(job.summary.state == .held)
                #expect(job.summary.reason == "the app was uninstalled")
            }
        }
    }
}
