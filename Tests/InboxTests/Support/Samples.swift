import Bellhop
import Foundation
import InboxCore
import Testing
import Vocabulary

/// Invented deliveries, calls and results.
enum Sample {
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// A moment this many seconds after the start.
    static func time(_ seconds: Double) -> Date {
        start + seconds
    }

    static func delivery(
        _ webhookID: String, sender: String = "shopify", shop: String = "lobby.myshopify.com",
        topic: Topic = "orders/create", eventID: String? = nil, resource: String? = nil, version: Double? = nil,
        body: String = #"{"id":1}"#, hash: UInt8 = 7, receivedAt: Date = start
    ) throws -> Delivery {
        Delivery(
            sender: sender, shop: try #require(Shop(domain: shop)), topic: topic, webhookID: webhookID,
            eventID: eventID, apiVersion: "2026-10", triggeredAt: start - 3, resource: resource,
            version: version.map { time($0) }, headers: ["x-shopify-test": "true"], body: Data(body.utf8),
            bodyHash: Data(repeating: hash, count: 32), receivedAt: receivedAt)
    }

    static func call(cost: Int64, step: String = "Mood") -> CallRecord {
        CallRecord(
            step: step, routingClass: .highVolume, task: .reviewSentiment, model: "small", isFallback: true,
            attempts: [
                CallRecord.Attempt(model: "tiny", status: 429, milliseconds: 12, cost: nil, failure: "rate_limited"),
                CallRecord.Attempt(
                    model: "small", status: 200, milliseconds: 340, cost: USD(nanos: cost), failure: nil),
            ],
            startedAt: start + 1, milliseconds: 352, cost: USD(nanos: cost), unknownCosts: 1,
            premiumCost: USD(nanos: cost * 10), promptTokens: 210, completionTokens: 17)
    }

    static func result(
        _ outcome: JobResult.Outcome, calls: [CallRecord] = [], at seconds: Double = 5,
        fingerprint: ErrorFingerprint? = nil
    ) -> JobResult {
        JobResult(
            outcome: outcome, calls: calls, startedAt: time(seconds - 1), finishedAt: time(seconds),
            fingerprint: fingerprint)
    }

    static let effects: [Effect] = [.tag(.order(42), ["vip", "check"]), .note(.order(42), "Call back.")]
}

extension Inbox {
    /// Accepts and expects to be the first to do so.
    func store(_ delivery: Delivery, handlers: [JobPlan] = ["orders"], holdReason: String? = nil) async throws -> String
    {
        switch try await accept(delivery, handlers: handlers, holdReason: holdReason) {
        case .stored(let id): return id
        case .duplicate(let id):
            Issue.record("\(id) was stored before")
            return id
        }
    }

    func claim(_ limit: Int = 10, at seconds: Double = 1, leaseFor: Duration = .seconds(60)) async throws -> [Claim] {
        try await claim(limit: limit, now: Sample.time(seconds), leaseFor: leaseFor)
    }

    /// Claims one job, which must be there.
    func claimOne(at seconds: Double = 1, leaseFor: Duration = .seconds(60)) async throws -> Claim {
        try #require(try await claim(1, at: seconds, leaseFor: leaseFor).first)
    }

    /// Claims one job and records how it ended.
    func run(_ outcome: JobResult.Outcome, calls: [CallRecord] = [], at seconds: Double = 1) async throws {
        let claim = try await claimOne(at: seconds)
        #expect(try await finish(claim, with: Sample.result(outcome, calls: calls, at: seconds + 1)))
    }

    func job(of deliveryID: String) async throws -> EventDetail.Job {
        let detail = try #require(try await detail(of: deliveryID))
        return try #require(detail.jobs.first)
    }
}
