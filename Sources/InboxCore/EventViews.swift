package import Bellhop
package import Foundation

/// One job in a list: no payload, no customer's words.
package struct EventSummary: Sendable, Hashable, Codable {
    package var deliveryID: String
    /// Empty for a delivery that no handler is bound to.
    package var handlerID: String
    package var topic: Topic
    package var shop: Shop
    package var webhookID: String
    package var state: JobState.Name
    /// Until when it waits.
    package var waitingUntil: Date?
    /// Why it waits, is held, was skipped or is dead.
    package var reason: String?
    /// Attempts that came to an end since the job was made ready by hand; waits and crashes do not count.
    package var attempts: Int
    /// How often it was put off because a provider was busy.
    package var waits: Int
    /// How often the process died while it ran, or lost touch with the inbox.
    package var crashes: Int
    /// Whether an older event about the same resource goes first.
    package var isBehind: Bool
    package var receivedAt: Date
    /// When it became done, skipped or dead.
    package var finishedAt: Date?
    /// Known costs of all calls of the job, those before a retry included.
    package var cost: USD
    /// How many further deliveries of the same thing were absorbed.
    package var duplicates: Int

    private enum CodingKeys: String, CodingKey {
        case deliveryID, handlerID, topic, shop, webhookID, state, waitingUntil, reason, attempts, waits, crashes,
            isBehind, receivedAt, finishedAt, duplicates
        case cost = "costNanos"
    }

    package init(
        deliveryID: String, handlerID: String, topic: Topic, shop: Shop, webhookID: String, state: JobState.Name,
        waitingUntil: Date? = nil, reason: String? = nil, attempts: Int, waits: Int = 0, crashes: Int = 0,
        isBehind: Bool = false, receivedAt: Date, finishedAt: Date? = nil, cost: USD = .zero, duplicates: Int = 0
    ) {
        self.deliveryID = deliveryID
        self.handlerID = handlerID
        self.topic = topic
        self.shop = shop
        self.webhookID = webhookID
        self.state = state
        self.waitingUntil = waitingUntil
        self.reason = reason
        self.attempts = attempts
        self.waits = waits
        self.crashes = crashes
        self.isBehind = isBehind
        self.receivedAt = receivedAt
        self.finishedAt = finishedAt
        self.cost = cost
        self.duplicates = duplicates
    }
}

/// Everything about one delivery that may be shown.
package struct EventDetail: Sendable, Codable {
    package var deliveryID: String
    package var sender: String
    package var topic: Topic
    package var shop: Shop
    package var webhookID: String
    package var eventID: String?
    package var apiVersion: String?
    package var triggeredAt: Date?
    /// What it is about, for example `Order/6021473918231`.
    package var resource: String?
    /// How new what it tells of the resource is.
    package var version: Date?
    package var receivedAt: Date
    package var bodyBytes: Int
    package var duplicates: Int
    package var jobs: [Job]

    package struct Job: Sendable, Codable {
        package var summary: EventSummary
        package var calls: [CallRecord]
        package var effects: [PlannedEffect]
        /// The delivery that took this one's place before it ran.
        package var coveredBy: String?
        /// The deliveries whose place this one took, oldest first.
        package var covers: [String]

        package init(
            summary: EventSummary, calls: [CallRecord], effects: [PlannedEffect], coveredBy: String? = nil,
            covers: [String] = []
        ) {
            self.summary = summary
            self.calls = calls
            self.effects = effects
            self.coveredBy = coveredBy
            self.covers = covers
        }
    }

    package init(
        deliveryID: String, sender: String, topic: Topic, shop: Shop, webhookID: String, eventID: String?,
        apiVersion: String?, triggeredAt: Date?, resource: String? = nil, version: Date? = nil, receivedAt: Date,
        bodyBytes: Int, duplicates: Int, jobs: [Job]
    ) {
        self.deliveryID = deliveryID
        self.sender = sender
        self.topic = topic
        self.shop = shop
        self.webhookID = webhookID
        self.eventID = eventID
        self.apiVersion = apiVersion
        self.triggeredAt = triggeredAt
        self.resource = resource
        self.version = version
        self.receivedAt = receivedAt
        self.bodyBytes = bodyBytes
        self.duplicates = duplicates
        self.jobs = jobs
    }
}

/// How many jobs are in which state.
package struct InboxCounts: Sendable, Hashable, Codable {
    package var jobs: [JobState.Name: Int]
    package var deliveries: Int
    package var duplicates: Int

    package init(jobs: [JobState.Name: Int], deliveries: Int, duplicates: Int) {
        self.jobs = jobs
        self.deliveries = deliveries
        self.duplicates = duplicates
    }

    /// Jobs that will still move by themselves: ready, running or waiting.
    package var pending: Int {
        [.ready, .running, .waiting].map { jobs[$0, default: 0] }.reduce(0, +)
    }
}

/// Which events to list.
package struct EventFilter: Sendable, Hashable {
    package var states: Set<JobState.Name>
    package var topic: Topic?
    package var shop: Shop?
    /// 1 to 1,000.
    package var limit: Int

    /// - Parameter states: empty for all.
    package init(states: Set<JobState.Name> = [], topic: Topic? = nil, shop: Shop? = nil, limit: Int = 50) {
        self.states = states
        self.topic = topic
        self.shop = shop
        self.limit = min(max(1, limit), 1000)
    }
}
