package import Foundation

/// What the public door has refused, as the admin API tells it.
package struct RefusalReport: Sendable, Hashable, Codable {
    /// Since the server was started, by reason.
    package var counts: [String: Int]
    package var alarm: Alarm
    /// The last few, newest first.
    package var recent: [Request]

    /// Whether deliveries are refused that used to be accepted, from shops that have delivered before.
    package struct Alarm: Sendable, Hashable, Codable {
        package var isRaised: Bool
        /// Of the last minute.
        package var accepted: Int
        package var refused: Int
        /// The reason of most of them.
        package var reason: String?

        package init(isRaised: Bool = false, accepted: Int = 0, refused: Int = 0, reason: String? = nil) {
            self.isRaised = isRaised
            self.accepted = accepted
            self.refused = refused
            self.reason = reason
        }
    }

    /// A refused request, without its body.
    package struct Request: Sendable, Hashable, Codable {
        package var at: Date
        package var reason: String
        /// Where it came from, as far as is known.
        package var address: String?
        /// `nil`, with path and headers, when it was refused before its head had been read.
        package var method: String?
        package var path: String?
        package var headers: [Header]

        package init(
            at: Date, reason: String, address: String?, method: String?, path: String?, headers: [Header] = []
        ) {
            self.at = at
            self.reason = reason
            self.address = address
            self.method = method
            self.path = path
            self.headers = headers
        }
    }

    package struct Header: Sendable, Hashable, Codable {
        package var name: String
        /// `nil` when it is not kept.
        package var value: String?

        package init(name: String, value: String?) {
            self.name = name
            self.value = value
        }
    }

    package init(counts: [String: Int] = [:], alarm: Alarm = Alarm(), recent: [Request] = []) {
        self.counts = counts
        self.alarm = alarm
        self.recent = recent
    }
}
