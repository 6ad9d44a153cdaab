package import Bellhop
package import Foundation

/// The jobs of one handler about one resource of one shop. They run in the order of their deliveries.
package struct Lane: Sendable, Hashable {
    /// The shop's domain.
    package var shop: String
    package var resource: String
    package var handlerID: String

    package init(shop: String, resource: String, handlerID: String) {
        self.shop = shop
        self.resource = resource
        self.handlerID = handlerID
    }
}

/// Where a job stands in its lane.
package enum LanePlace: String, Sendable, Hashable {
    /// It has no lane, has come to a stop, or kept the others waiting for too long: nobody waits for it, and it for
    /// nobody.
    case free
    /// It may run, and the lane waits for it. A lane has one head at most.
    case head
    /// It waits until it is the oldest.
    case behind
}

/// What a job is about, as far as its queueing depends on it.
package struct JobSubject: Sendable, Hashable {
    /// The shop's domain.
    package var shop: String
    package var topic: Topic
    /// `nil` when that cannot be told: such jobs have no lane.
    package var resource: String?
    package var version: Date?

    package init(shop: String, topic: Topic, resource: String? = nil, version: Date? = nil) {
        self.shop = shop
        self.topic = topic
        self.resource = resource
        self.version = version
    }

    package init(_ delivery: Delivery) {
        self.init(
            shop: delivery.shop.domain, topic: delivery.topic, resource: delivery.resource, version: delivery.version)
    }
}
