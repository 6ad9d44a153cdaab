import CrashPoints
import InboxCore
import ModelClient

/// Records what came of a request, and with it the step that its answer makes. Performed twice it comes to the same.
///
/// A step is kept only while its job runs under the lease under which it was asked; the cost counts in any case.
struct SettleCommand: StoreCommand {
    private let settlement: Settlement
    private let note: JournalNote?
    private let answer: StoredAnswer?

    var journaledJob: Int64? { note?.jobID }

    static var crashPoints: CommitPoints? { .settle }

    /// Reads the note and packs the answer, so that the writer has less to do. A note that is none of ours is left out.
    init(_ settlement: Settlement) {
        note = settlement.note.flatMap(JournalNote.init(decoding:))
        answer = note.flatMap { try? StoredAnswer(storing: $0.step.answer) }
        var bare = settlement
        bare.note = nil
        self.settlement = bare
    }

    func perform(in transaction: inout StoreTransaction) throws {
        try LedgerEntries(db: transaction.db).settle(settlement)
        guard let note, let answer, try transaction.isRunning(note.jobID, under: note.lease) else { return }
        try Steps(db: transaction.db, sealing: transaction.sealing).record(note.step, answer: answer, job: note.jobID)
    }
}
