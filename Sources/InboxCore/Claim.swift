package import Bellhop
package import Foundation

/// A job handed to a worker, with the delivery it is about.
package struct Claim: Sendable {
    package var jobID: Int64
    package var deliveryID: String
    /// The stable id of the handler to run.
    package var handlerID: String
    /// 1 for the first attempt, then one more for each attempt that failed. An attempt that ended in a wait, was
    /// given back or was cut off by a crash is not counted.
    package var attempt: Int
    /// How often the process died while this job was running.
    package var crashes: Int
    /// When it was first handed out, since it was last to begin anew; `nil` when it never was.
    package var beganAt: Date?
    /// Whether a newer version of the same resource has been received.
    package var isStale: Bool
    /// What earlier runs were answered, in the order of asking.
    package var steps: [JournaledStep]
    /// What the requests of earlier runs count against the event's spend limit, since it was last made ready by hand.
    package var charged: USD
    package var lease: Lease
    package var delivery: Delivery

    package init(
        jobID: Int64, deliveryID: String, handlerID: String, attempt: Int, crashes: Int = 0, beganAt: Date? = nil,
        isStale: Bool = false, steps: [JournaledStep] = [], charged: USD = .zero, lease: Lease, delivery: Delivery
    ) {
        self.jobID = jobID
        self.deliveryID = deliveryID
        self.handlerID = handlerID
        self.attempt = attempt
        self.crashes = crashes
        self.beganAt = beganAt
        self.isStale = isStale
        self.steps = steps
        self.charged = charged
        self.lease = lease
        self.delivery = delivery
    }
}
