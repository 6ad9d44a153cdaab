import Foundation
import GRDB
import InboxCore

/// Where an effect stands, as columns.
struct EffectRow {
    let state: String
    let dueAt: Timestamp?
    let endedAt: Timestamp?
    let reason: String?
    let leaseToken: Int64?
    let leaseEpoch: Int64?

    init(_ record: EffectRecord) {
        state = record.state.name.rawValue
        dueAt = record.dueAt.map { Timestamp($0) }
        endedAt = record.state.endedAt.map { Timestamp($0) }
        reason = record.state.reason
        if case .sending(let lease) = record.state {
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
        endedAt = try row.decode(forKey: "ended_at")
        reason = try row.decode(forKey: "reason")
        leaseToken = try row.decode(forKey: "lease_token")
        leaseEpoch = try row.decode(forKey: "lease_epoch")
    }

    func record(from row: Row) throws -> EffectRecord {
        EffectRecord(
            state: try effectState(), attempts: try row.decode(forKey: "attempts"),
            mayHaveArrived: try row.decode(forKey: "may_have_arrived"))
    }

    private func effectState() throws -> EffectState {
        switch EffectState.Name(rawValue: state) {
        case .planned: return .planned(due: dueAt?.date, reason: reason)
        case .sending:
            guard let leaseToken, let leaseEpoch, let dueAt else { break }
            return .sending(lease: Lease(token: leaseToken, epoch: leaseEpoch, expiresAt: dueAt.date))
        case .done:
            guard let endedAt else { break }
            return .done(at: endedAt.date)
        case .failed:
            guard let endedAt else { break }
            return .failed(at: endedAt.date, reason: reason ?? "")
        case .unknown:
            guard let endedAt else { break }
            return .unknown(at: endedAt.date, reason: reason ?? "")
        case .dropped:
            guard let endedAt else { break }
            return .dropped(at: endedAt.date, reason: reason ?? "")
        case nil: break
        }
        throw DamagedRow(column: "state")
    }
}
