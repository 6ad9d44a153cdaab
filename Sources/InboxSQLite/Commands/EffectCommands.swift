import Bellhop
import CrashPoints
import Foundation
import InboxCore

/// Makes an effect's lease last longer.
struct ExtendEffectCommand: StoreCommand {
    let effect: Int64
    let lease: Lease
    let until: Date

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let effects = Effects(db: transaction.db, sealing: transaction.sealing)
        guard var entry = try effects.find(effect), entry.record.extend(lease, until: until) else { return false }
        try effects.update(entry)
        return true
    }
}

/// Records how an attempt to deliver ended, and what it wrote, unless the lease has been lost.
struct FinishEffectCommand: StoreCommand {
    let effect: Int64
    let shop: Shop
    let lease: Lease
    let result: EffectResult

    static var crashPoints: CommitPoints? { .effect }

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let effects = Effects(db: transaction.db, sealing: transaction.sealing)
        guard var entry = try effects.find(effect), entry.record.finish(lease, with: result) else { return false }
        try effects.update(entry)
        if case .done(let wrote) = result.outcome {
            try FieldWrites(db: transaction.db).record(wrote, shop: shop, at: result.at)
            try effects.letNextIn(ofJob: entry.job)
        }
        transaction.mayHaveReadiedEffects = true
        return true
    }
}

/// Does with an effect what a person decided.
struct DecideEffectCommand: StoreCommand {
    let decision: EffectDecision
    let key: String
    let now: Date

    func perform(in transaction: inout StoreTransaction) throws {
        let effects = Effects(db: transaction.db, sealing: transaction.sealing)
        guard var entry = try effects.find(key: key) else { throw InboxError.noEffect }
        guard entry.record.decide(decision, at: now) else {
            throw InboxError.cannot(decision, in: entry.record.state)
        }
        try effects.update(entry)
        try effects.letNextIn(ofJob: entry.job)
        transaction.mayHaveReadiedEffects = true
    }
}
