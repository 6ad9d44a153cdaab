import Bellhop
import Foundation
import InboxCore
import ModelClient
import Vocabulary

@testable import InboxSQLite

/// An hour at the inbox, always the same: deliveries, duplicates, work, reservations, and closing time.
struct Shift {
    static let handlers: [JobPlan] = ["orders", "mail"]

    private(set) var promises = Promises()

    mutating func begin(at inbox: SQLiteInbox) async throws {
        let epoch = try await inbox.writer.submit(SQLCommand(sql: "SELECT value FROM meta WHERE key = 'epoch'"))
        promises.epoch = Int64(epoch ?? 0)
    }

    /// - Throws: `InboxError` once the storage fails; what was promised until then stands in ``promises``.
    mutating func work(at inbox: SQLiteInbox) async throws {
        try await accept("w1", at: inbox)
        try await accept("w2", at: inbox)
        try await accept("w1", at: inbox)
        let claims = try await inbox.claim(3)
        try await reserveAndSettle(at: inbox)
        for (claim, outcome) in zip(claims, Self.outcomes) { try await finish(claim, outcome, at: inbox) }
        try await acceptTogether(["w3", "w4", "w5", "w4"], at: inbox)
        if let claim = try await inbox.claim(1).first { try await inbox.giveBack(claim) }
        try await accept("w6", body: Self.longText, at: inbox)
        for claim in try await inbox.claim(2) { try await finish(claim, .done(effects: Sample.effects), at: inbox) }
        try await reserveAndSettle(at: inbox)
        try await runAgain(at: inbox)
        try await accept("w7", at: inbox)
        _ = try await inbox.claim(2)
    }

    private static let outcomes: [JobResult.Outcome] = [
        .done(effects: Sample.effects), .dead(reason: "it never works"), .retry(at: Sample.time(500), reason: "later"),
    ]

    /// More than a page, and nothing that could be compressed.
    private static let longText: String = {
        var state: UInt64 = 1
        let bytes = (0..<9_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(33 + state >> 33 % 90)
        }
        return String(decoding: bytes, as: UTF8.self)
    }()

    private mutating func accept(_ webhookID: String, body: String = #"{"id":1}"#, at inbox: SQLiteInbox) async throws {
        let delivery = try Sample.delivery(webhookID, eventID: "event-\(webhookID)", body: body)
        promises.handedIn[webhookID] = delivery
        note(try await inbox.accept(delivery, handlers: Self.handlers, holdReason: nil), webhookID)
    }

    /// At the same time, so that they share a commit.
    private mutating func acceptTogether(_ webhookIDs: [String], at inbox: SQLiteInbox) async throws {
        var failure: (any Error)?
        let tasks = try webhookIDs.map { webhookID in
            let delivery = try Sample.delivery(webhookID, eventID: "event-\(webhookID)")
            promises.handedIn[webhookID] = delivery
            return (webhookID, Task { try await inbox.accept(delivery, handlers: Self.handlers, holdReason: nil) })
        }
        for (webhookID, task) in tasks {
            switch await task.result {
            case .success(let acceptance): note(acceptance, webhookID)
            case .failure(let error): failure = error
            }
        }
        if let failure { throw failure }
    }

    private mutating func note(_ acceptance: Acceptance, _ webhookID: String) {
        switch acceptance {
        case .stored(let id), .duplicate(let id): promises.deliveries[webhookID] = id
        }
    }

    private mutating func finish(_ claim: Claim, _ outcome: JobResult.Outcome, at inbox: SQLiteInbox) async throws {
        let job = Promises.Job(claim.deliveryID, claim.handlerID)
        promises.ending.insert(job)
        let result = Sample.result(outcome, calls: [Sample.call(cost: 7)])
        guard try await inbox.finish(claim, with: result) else { return }
        promises.ending.remove(job)
        promises.ended[job] = outcome.state
    }

    private mutating func reserveAndSettle(at inbox: SQLiteInbox) async throws {
        let reservation = Sample.reservation()
        promises.reserving.insert(reservation.id)
        try await inbox.ledger.reserve(reservation)
        promises.reserved.insert(reservation.id)
        inbox.ledger.settle(reservation, .billed(USD(nanos: 5)))
    }

    /// Makes what is dead ready again, and done.
    private mutating func runAgain(at inbox: SQLiteInbox) async throws {
        guard let (job, _) = promises.ended.first(where: { $0.value == .dead }) else { return }
        promises.ended[job] = nil
        promises.ending.insert(job)
        let others = promises.ended.keys.filter { $0.deliveryID == job.deliveryID }
        for other in others { promises.ended[other] = nil }
        promises.ending.formUnion(others)
        _ = try await inbox.retry(job.deliveryID, handlers: Self.handlers)
    }
}

extension JobResult.Outcome {
    fileprivate var state: JobState.Name {
        switch self {
        case .done: .done
        case .retry, .wait: .waiting
        case .held: .held
        case .skipped: .skipped
        case .dead: .dead
        }
    }
}
