import Foundation
import GRDB
import InboxCore
import Vocabulary

/// A job's state as columns.
struct JobRow {
    let state: String
    let dueAt: Timestamp?
    let reason: String?
    let leaseToken: Int64?
    let leaseEpoch: Int64?
    let counts: JobCounts
    let cost: USD
    let fingerprint: String?
    let beganAt: Timestamp?

    init(_ record: JobRecord) {
        state = record.state.name.rawValue
        dueAt = record.dueAt.map { Timestamp($0) }
        reason = record.state.reason
        counts = record.counts
        cost = record.cost
        fingerprint = record.fingerprint?.text
        beganAt = record.beganAt.map { Timestamp($0) }
        if case .running(let lease) = record.state {
            leaseToken = lease.token
            leaseEpoch = lease.epoch
        } else {
            leaseToken = nil
            leaseEpoch = nil
        }
    }

    init(_ row: Row) throws {
        state = try row.decode(forKey: "state")
        dueAt = try row.decode(forKey: "due_at")
        reason = try row.decode(forKey: "reason")
        leaseToken = try row.decode(forKey: "lease_token")
        leaseEpoch = try row.decode(forKey: "lease_epoch")
        counts = JobCounts(
            attempts: try row.decode(forKey: "attempts"), waits: try row.decode(forKey: "waits"),
            crashes: try row.decode(forKey: "crashes"))
        cost = USD(nanos: try row.decode(forKey: "cost"))
        fingerprint = try row.decode(forKey: "fingerprint")
        beganAt = try row.decode(forKey: "began_at")
    }

    /// From `state` to `began_at`, in the order in which the commands name them.
    var arguments: StatementArguments {
        [
            state, dueAt, reason, leaseToken, leaseEpoch, counts.attempts, counts.waits, counts.crashes, cost.nanos,
            fingerprint, beganAt,
        ]
    }

    func record(from row: Row) throws -> JobRecord {
        JobRecord(
            handlerID: try row.decode(forKey: "handler"), state: try jobState(), counts: counts, cost: cost,
            beganAt: beganAt?.date, fingerprint: fingerprint.map { ErrorFingerprint(text: $0) })
    }

    private func jobState() throws -> JobState {
        switch JobState.Name(rawValue: state) {
        case .ready: return .ready
        case .held: return .held(reason: reason ?? "")
        case .done: return .done
        case .skipped: return .skipped(reason: reason ?? "")
        case .dead: return .dead(reason: reason ?? "")
        case .waiting:
            guard let dueAt else { break }
            return .waiting(until: dueAt.date, reason: reason ?? "")
        case .running:
            guard let leaseToken, let leaseEpoch, let dueAt else { break }
            return .running(lease: Lease(token: leaseToken, epoch: leaseEpoch, expiresAt: dueAt.date))
        case nil: break
        }
        throw DamagedRow(column: "state")
    }
}
