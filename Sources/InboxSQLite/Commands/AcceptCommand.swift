import Bellhop
import CrashPoints
import Foundation
import InboxCore

/// Stores a delivery and its jobs, or counts it as a duplicate.
struct AcceptCommand: StoreCommand {
    /// What a delivery costs to keep waiting besides its body and headers, roughly, in bytes.
    private static let overhead = 1024

    private let delivery: Delivery
    private let body: StoredBody
    private let headers: String
    private let handlers: [JobPlan]
    private let holdReason: String?

    /// Packs the body, so that the writer has less to do.
    init(_ delivery: Delivery, handlers: [JobPlan], holdReason: String?) {
        body = StoredBody(storing: delivery.body)
        headers = StoredHeaders.text(of: delivery.headers)
        self.handlers = handlers
        self.holdReason = holdReason
        var receipt = delivery
        // Neither the body as received nor the headers wait in the queue a second time.
        receipt.body = Data()
        receipt.headers = [:]
        self.delivery = receipt
    }

    static var crashPoints: CommitPoints? { .accept }

    var bytes: Int { body.content.count + headers.utf8.count + Self.overhead }

    var isObliged: Bool { Topic.obliged.contains(delivery.topic) }

    func perform(in transaction: inout StoreTransaction) throws -> Acceptance {
        let keys = delivery.seenKeys
        let seen = SeenIDs(db: transaction.db)
        if let original = try seen.delivery(under: keys, transaction.subjectDigest()) {
            try Deliveries(db: transaction.db).countDuplicate(of: original)
            transaction.tally.duplicates += 1
            return .duplicate(of: original.deliveryID)
        }
        let id = transaction.ids.next(at: delivery.receivedAt)
        try seen.insert(keys, for: id, at: delivery.receivedAt)
        let seq = try Deliveries(db: transaction.db).insert(
            delivery, id: id, body: body, headers: headers, sealing: transaction.sealing)
        let arrival = Arrival(
            seq: seq, id: id.deliveryID, subject: JobSubject(delivery), receivedAt: delivery.receivedAt)
        // The jobs of a shop that has removed the app do not begin by themselves.
        let absence = try AbsentShops(db: transaction.db).reasonToHold(delivery, &transaction)
        try transaction.accept(arrival, handlers: handlers, holdReason: absence ?? holdReason)
        transaction.stored(at: delivery.receivedAt)
        return .stored(id: id.deliveryID)
    }
}
