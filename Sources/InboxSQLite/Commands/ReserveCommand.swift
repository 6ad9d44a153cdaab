import ModelClient

/// Records a request that is about to be sent.
///
/// - Returns: `false` when one is recorded under this id already.
struct ReserveCommand: StoreCommand {
    private let reservation: Reservation
    private let labels: String

    /// Writes the labels as JSON, so that the writer has less to do.
    init(_ reservation: Reservation) throws {
        labels = try JSON.encode(reservation.labels)
        var entry = reservation
        entry.labels = [:]
        self.reservation = entry
    }

    func perform(in transaction: inout StoreTransaction) throws -> Bool {
        let labels = try LedgerLabels(db: transaction.db).current(labels, reference: reservation.reference)
        return try LedgerEntries(db: transaction.db).insert(reservation, labels: labels, epoch: transaction.epoch)
    }
}
