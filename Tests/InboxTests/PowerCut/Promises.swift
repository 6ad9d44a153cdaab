import Foundation
import InboxCore

/// What a caller was told by the inbox, and what it had asked for when the power went.
struct Promises: Sendable {
    /// Of the process that made them.
    var epoch: Int64 = 0
    /// Ids of stored deliveries, by webhook id.
    var deliveries: [String: String] = [:]
    /// Everything that was handed in, answered or not.
    var handedIn: [String: Delivery] = [:]
    /// Jobs that ended, by delivery and handler.
    var ended: [Job: JobState.Name] = [:]
    /// Jobs of which the caller had not heard yet whether their end is recorded.
    var ending: Set<Job> = []
    var reserved: Set<UUID> = []
    /// Everything that was to be reserved, answered or not.
    var reserving: Set<UUID> = []

    struct Job: Hashable {
        var deliveryID: String
        var handlerID: String

        init(_ deliveryID: String, _ handlerID: String) {
            (self.deliveryID, self.handlerID) = (deliveryID, handlerID)
        }
    }
}
