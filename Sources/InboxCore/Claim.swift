/// A job handed to a worker, with the delivery it is about.
package struct Claim: Sendable {
    package var jobID: Int64
    package var deliveryID: String
    /// The stable id of the handler to run.
    package var handlerID: String
    /// 1 for the first attempt, then one more for each attempt that failed. An attempt that ended in a wait, was
    /// given back or was cut off by a crash is not counted.
    package var attempt: Int
    package var lease: Lease
    package var delivery: Delivery

    package init(
        jobID: Int64, deliveryID: String, handlerID: String, attempt: Int, lease: Lease, delivery: Delivery
    ) {
        self.jobID = jobID
        self.deliveryID = deliveryID
        self.handlerID = handlerID
        self.attempt = attempt
        self.lease = lease
        self.delivery = delivery
    }
}
