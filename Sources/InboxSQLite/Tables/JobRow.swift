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

    init(_ record: JobRecord) {
        state = record.state.name.rawValue
        dueAt = record.dueAt.map { Timestamp($0) }
        reason = record.state.reason
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
    }

    func record(from row: Row) throws -> JobRecord {
        JobRecord(
            handlerID: try row.decode(forKey: "handler"), state: try jobState(),
            attempts: try row.decode(forKey: "attempts"), cost: USD(nanos: try row.decode(forKey: "cost")))
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
