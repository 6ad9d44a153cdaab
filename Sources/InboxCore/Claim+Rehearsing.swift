extension Claim {
    /// A job as claims without a lease: one, or for the mark of an unbound delivery one for each handler bound now.
    package static func rehearsing(
        _ record: JobRecord, id: Int64, steps: [JournaledStep], deliveryID: String, delivery: Delivery,
        handlers: [JobPlan]
    ) -> [Claim] {
        let handlerIDs = record.isUnbound ? handlers.map(\.handlerID) : [record.handlerID]
        return handlerIDs.map { handlerID in
            Claim(
                jobID: id, deliveryID: deliveryID, handlerID: handlerID, attempt: record.attempts + 1,
                beganAt: record.beganAt, steps: steps, lease: .none, delivery: delivery)
        }
    }
}
