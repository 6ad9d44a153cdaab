package import Foundation

/// How the storage of an inbox is, for those who look after it.
package struct StorageCondition: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Hashable, Codable {
        case working
        /// Ordinary deliveries are refused, so that what is there can be finished; everything else is written.
        case refusing
        /// Nothing can be written. It mends itself once the reason is gone.
        case failing
    }

    package var state: State
    /// Why, and what to do about it; `nil` while all is well.
    package var reason: String?
    package var since: Date?
    /// Room left on the disk, in bytes, when it was last looked at.
    package var freeBytes: Int?

    package init(_ state: State, reason: String? = nil, since: Date? = nil, freeBytes: Int? = nil) {
        self.state = state
        self.reason = reason
        self.since = since
        self.freeBytes = freeBytes
    }
}
