import Bellhop
import Foundation
import GRDB
import InboxCore
import Logging
import Privacy

@testable import InboxSQLite

/// An inbox with a few orders and a request to erase some of them, always the same.
struct ErasureShift: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case customer, shop
    }

    private static let shop = "lobby.myshopify.com"
    /// As a start leaves it, with the request ready.
    private let database: Data
    private let requestID: String
    /// The ids of the deliveries that the request is about, and the words that stand in each.
    private let concerned: [String: String]

    /// What stands in an order that the request is not about.
    private static let kept = "Zq7-kept-of-Kim"

    /// - Parameter orders: how many the request is about.
    init(_ kind: Kind, orders: Int) async throws {
        (database, requestID, concerned) = try await withTemporaryFolder { folder in
            let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
            var concerned: [String: String] = [:]
            for number in 1...orders {
                let words = "Zq7-\(number)-of-Zoe"
                let id = try await Self.order(number, customer: 7, words: words, shop: Self.shop, at: inbox)
                concerned[id] = words
            }
            // Of another customer, and for the request of a shop of another one.
            let other = kind == .customer ? Self.shop : "other.myshopify.com"
            _ = try await Self.order(9000, customer: 8, words: Self.kept, shop: other, at: inbox)
            let (topic, body): (Topic, String) =
                switch kind {
                case .customer:
                    (
                        "customers/redact",
                        #"{"shop_domain":"\#(Self.shop)","customer":{"id":7},"orders_to_redact":[]}"#
                    )
                case .shop: ("shop/redact", #"{"shop_id":1,"shop_domain":"\#(Self.shop)"}"#)
                }
            let request = try Sample.delivery("redact", shop: Self.shop, topic: topic, body: body)
            let requestID = try await inbox.store(request, handlers: [PrivacyDesk.plan])
            await inbox.close()
            return (try Data(contentsOf: folder.appending(path: "bellhop.sqlite")), requestID, concerned)
        }
    }

    /// An order whose job is done, with words of the customer in its body, its effect and its call.
    private static func order(
        _ number: Int, customer: Int, words: String, shop: String, at inbox: SQLiteInbox
    ) async throws -> String {
        let body = #"{"id":\#(number),"note":"\#(words)","customer":{"id":\#(customer)}}"#
        let id = try await inbox.store(Sample.delivery("w\(number)", shop: shop, body: body))
        var call = Sample.call(cost: 7)
        call.attempts[0].failure = "invalid_request: \(words)"
        try await inbox.run(.done(effects: [.note(.order(Int64(number)), words)]), calls: [call])
        return id
    }

    // MARK: The work

    /// Erases until the power goes.
    ///
    /// - Returns: whether the end of the request was recorded, as far as the caller heard.
    func work(in folder: URL, on power: FailingPower, cutAtChange change: Int) async throws -> Bool {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try database.write(to: folder.appending(path: "bellhop.sqlite"))
        var setup = StoreWriter.Setup(folder: folder, options: .init(checkpointPages: 12))
        setup.fileSystem = power.name
        let inbox = try await SQLiteInbox.open(setup, logger: .quiet)
        power.cut(atChange: change)
        let isDone: Bool
        do {
            isDone = try await erase(at: inbox, seconds: 10)
        } catch let error as InboxError where error.code == .storage {
            isDone = false
        }
        await inbox.close()
        return isDone
    }

    /// Runs the desk on the request once.
    private func erase(at inbox: SQLiteInbox, seconds: Double) async throws -> Bool {
        guard let claim = try await inbox.claim(1, at: seconds).first else { return false }
        let desk = PrivacyDesk(store: inbox, logger: .quiet, now: { Sample.time(seconds) })
        let outcome = try await desk.run(claim)
        let isRecorded = try await inbox.finish(claim, with: Sample.result(outcome, at: seconds))
        if case .done = outcome { return isRecorded }
        return false
    }

    // MARK: What is left

    /// Opens what a power cut left, looks at it, and has the erasure finished.
    ///
    /// - Returns: what is not as it should be.
    func restart(in folder: URL, wasDone: Bool) async throws -> [String] {
        var problems: [String] = []
        let inbox = try await SQLiteInbox.open(folder: folder, logger: .quiet)
        let report = try await inbox.readers.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
        if report != ["ok"] { problems.append("the database is damaged: \(report.prefix(3))") }

        let halves = try await standing(of: inbox, &problems)
        if wasDone, halves.whole > 0 { problems.append("the end of the request was told, and is lost") }
        if try await proof(inbox) != halves.erased { problems.append("the proof does not count what is gone") }

        // It waited while the storage failed, or its worker died.
        for attempt in 1...4 where try await inbox.counts().pending > 0 {
            _ = try await erase(at: inbox, seconds: Double(attempt) * 1000)
        }
        if try await inbox.job(of: requestID).summary.state != .done { problems.append("the request is not done") }
        let record = try await inbox.overview(limit: 1).erasures.first
        if record?.finishedAt == nil { problems.append("the proof is not finished") }
        if record?.counts["payloads"] != concerned.count + 1 {
            problems.append("the proof counts \(record?.counts["payloads"] ?? 0) payloads")
        }
        await inbox.close()
        if try bytes(in: folder, hold: "-of-Zoe") { problems.append("words of the erased are left") }
        if try !bytes(in: folder, hold: Self.kept) { problems.append("what the request is not about is gone") }
        return problems
    }

    /// Each event is whole, or erased in all its places.
    private func standing(
        of inbox: SQLiteInbox, _ problems: inout [String]
    ) async throws -> (whole: Int, erased: Int) {
        var (whole, erased) = (0, 0)
        for (id, words) in concerned {
            let job = try await inbox.job(of: id)
            let places = [
                try await inbox.readers.read { try Self.body(of: id, $0) }?.contains(words) == true,
                "\(job.effects.map(\.effect))".contains(words),
                "\(job.calls.flatMap(\.attempts))".contains(words),
            ]
            switch Set(places) {
            case [true]: whole += 1
            case [false]: erased += 1
            default: problems.append("of one event body, effect and call are \(places)")
            }
        }
        return (whole, erased)
    }

    private static func body(of id: String, _ db: Database) throws -> String? {
        guard let uuid = UUID(uuidString: id) else { return nil }
        return try Data.fetchOne(
            db,
            sql: "SELECT content FROM bodies JOIN deliveries ON deliveries.seq = bodies.delivery WHERE id = ?",
            arguments: [uuid]
        ).map { String(decoding: $0, as: UTF8.self) }
    }

    /// How many payloads of others the request says it has erased.
    private func proof(_ inbox: SQLiteInbox) async throws -> Int {
        let count = try await inbox.overview(limit: 1).erasures.first?.counts["payloads"] ?? 0
        // Its own is the last.
        return min(count, concerned.count)
    }

    private func bytes(in folder: URL, hold words: String) throws -> Bool {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.contains { name in
            FileManager.default.contents(atPath: folder.appending(path: name).path)?
                .range(of: Data(words.utf8)) != nil
        }
    }
}
