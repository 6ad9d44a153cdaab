import Foundation
import InboxCore

/// What a simulation asks of a store: everything at once, without a task or a clock.
protocol SimulatedStore {
    mutating func accept(_ delivery: Delivery, handlers: [JobPlan], holdReason: String?) throws -> Acceptance
    mutating func claim(limit: Int, now: Date, leaseFor: Duration, passingOver paused: Set<String>) throws -> [Claim]
    mutating func extend(_ claim: Claim, until: Date) throws -> Bool
    mutating func finish(_ claim: Claim, with result: JobResult) throws -> Bool
    mutating func giveBack(_ claim: Claim) throws
    mutating func restart(at now: Date) throws
    mutating func retry(_ deliveryID: String, handlers: [JobPlan], anew: Bool) throws -> Int
    func nextDue() throws -> Date?
    func counts() throws -> InboxCounts
    func detail(of deliveryID: String) throws -> EventDetail?
    func job(_ id: Int64) throws -> QueuedJob?
    /// Over or not, oldest first.
    func everyJob() throws -> [QueuedJob]
}

extension MemoryStore: SimulatedStore {
    func everyJob() -> [QueuedJob] { allJobs }
}
