/// What came of a replay.
package struct ReplaySummary: Sendable, Hashable, Codable {
    /// Deliveries that were sent, answered or not.
    package var sent: Int
    /// Answered 200 as new.
    package var accepted: Int
    /// Answered 200 as a duplicate.
    package var duplicates: Int
    /// Answered with another status; forged deliveries belong here.
    package var refused: Int
    /// Not answered, by reason.
    package var failed: [String: Int]
    /// Answers by status.
    package var statuses: [Int: Int]
    /// Deliveries that did not end as a correct server ends them: 401 for a forged one, 200 for every other.
    package var unexpected: Int
    /// The first of the unexpected, at most 20.
    package var unexpectedExamples: [Unexpected]
    /// From the first delivery sent to the last one ended.
    package var seconds: Double
    /// Deliveries ended in a second.
    package var perSecond: Double
    package var latency: Latency
    /// Whether the replay was cancelled before its end.
    package var isCancelled: Bool

    /// How long deliveries took, in milliseconds, answered or not. With a fixed rate it counts from the moment at
    /// which a delivery was due, so that a server which stalls the sender does not hide what others would have waited.
    package struct Latency: Sendable, Hashable, Codable {
        package var p50: Double
        package var p90: Double
        package var p99: Double
        package var p999: Double
        package var max: Double
    }

    /// A delivery that ended as it should not.
    package struct Unexpected: Sendable, Hashable, Codable {
        package var topic: String
        package var webhookID: String
        package var kind: SignedDelivery.Kind
        package var expectedStatus: Int
        /// `nil` when there was no answer.
        package var status: Int?
        /// Why there was no answer.
        package var failure: String?
    }
}
