import Bellhop
import Foundation
import HTTPCore
import Histogram

/// Counts how deliveries end.
struct ReplayTally {
    private var accepted = 0
    private var duplicates = 0
    private var refused = 0
    private var failed: [String: Int] = [:]
    private var statuses: [Int: Int] = [:]
    private var unexpected = 0
    private var examples: [ReplaySummary.Unexpected] = []
    /// In microseconds, to a tenth of a percent.
    private var latencies = Histogram<UInt64>(numberOfSignificantValueDigits: .three)

    private static let mostExamples = 20

    /// How many deliveries have ended.
    var ended: Int {
        accepted + duplicates + refused + failed.values.reduce(0, +)
    }

    mutating func record(_ ending: DeliveryEnding, of delivery: SignedDelivery) {
        switch ending {
        case .answer(let answer, let latency):
            record(latency)
            record(answer, to: delivery)
        case .failure(let reason, let latency):
            record(latency)
            failed[reason, default: 0] += 1
            note(delivery, failure: reason)
        }
    }

    private mutating func record(_ answer: TransportResponse, to delivery: SignedDelivery) {
        statuses[answer.status, default: 0] += 1
        if answer.status != 200 {
            refused += 1
        } else if answer.saysDuplicate {
            duplicates += 1
        } else {
            accepted += 1
        }
        if answer.status != delivery.expectedStatus {
            note(delivery, status: answer.status)
        }
    }

    func summary(elapsed: Duration, isCancelled: Bool) -> ReplaySummary {
        let seconds = elapsed / .seconds(1)
        return ReplaySummary(
            sent: ended, accepted: accepted, duplicates: duplicates, refused: refused, failed: failed,
            statuses: statuses, unexpected: unexpected, unexpectedExamples: examples, seconds: seconds,
            perSecond: seconds > 0 ? Double(ended) / seconds : 0, latency: latency, isCancelled: isCancelled)
    }

    private mutating func record(_ latency: Duration) {
        let micros = latency / .microseconds(1)
        latencies.record(UInt64(min(max(micros, 0), 1e12)))
    }

    private mutating func note(_ delivery: SignedDelivery, status: Int? = nil, failure: String? = nil) {
        unexpected += 1
        guard examples.count < Self.mostExamples else { return }
        examples.append(
            ReplaySummary.Unexpected(
                topic: delivery.topic.rawValue, webhookID: delivery.ids.webhook.uuidString.lowercased(),
                kind: delivery.kind, expectedStatus: delivery.expectedStatus, status: status, failure: failure))
    }

    private var latency: ReplaySummary.Latency {
        func milliseconds(_ percentile: Double) -> Double {
            latencies.totalCount == 0 ? 0 : Double(latencies.valueAtPercentile(percentile)) / 1000
        }
        return ReplaySummary.Latency(
            p50: milliseconds(50), p90: milliseconds(90), p99: milliseconds(99), p999: milliseconds(99.9),
            max: milliseconds(100))
    }
}
