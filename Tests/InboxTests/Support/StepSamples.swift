import Foundation
import InboxCore
import InboxSQLite
import ModelClient
import Testing
import Vocabulary

extension Sample {
    static func step(
        _ name: String = "Mood", occurrence: Int = 0, answer: JSONValue = ["label": "happy"], digest: UInt8 = 1
    ) -> JournaledStep {
        JournaledStep(
            name: name, occurrence: occurrence, digest: Data(repeating: digest, count: 32), answer: answer,
            model: "small", at: start + 2)
    }
}

extension InboxKind {
    /// Journals a step as the settlement of its cost does, and waits until it is there.
    func journal(_ step: JournaledStep, of claim: Claim, in inbox: any Inbox) async throws {
        switch inbox {
        case let inbox as MemoryInbox: await inbox.record(JournalNote(step, of: claim))
        case let inbox as SQLiteInbox:
            let reservation = Sample.reservation()
            try await inbox.ledger.reserve(reservation)
            inbox.ledger.settle(
                Settlement(
                    id: reservation.id, cost: .billed(USD(nanos: 5)), isAccepted: true,
                    note: try JournalNote(step, of: claim).encoded()))
            // Commands are performed in their order.
            _ = try await inbox.claim(0)
        default: Issue.record("an inbox of another kind")
        }
    }
}
