package import Bellhop
package import Foundation

extension EventSummary {
    package init(
        deliveryID: String, job: JobRecord, isBehind: Bool, topic: Topic, shop: Shop, webhookID: String,
        receivedAt: Date, finishedAt: Date?, duplicates: Int
    ) {
        self.init(
            deliveryID: deliveryID, handlerID: job.handlerID, topic: topic, shop: shop, webhookID: webhookID,
            state: job.state.name, waitingUntil: job.state.waitingUntil, reason: job.state.reason,
            attempts: job.counts.attempts, waits: job.counts.waits, crashes: job.counts.crashes, isBehind: isBehind,
            receivedAt: receivedAt, finishedAt: finishedAt, cost: job.cost, duplicates: duplicates)
    }
}

extension EventDetail {
    init(deliveryID: String, delivery: Delivery, duplicates: Int, jobs: [Job]) {
        self.init(
            deliveryID: deliveryID, sender: delivery.sender, topic: delivery.topic, shop: delivery.shop,
            webhookID: delivery.webhookID, eventID: delivery.eventID, apiVersion: delivery.apiVersion,
            triggeredAt: delivery.triggeredAt, resource: delivery.resource, version: delivery.version,
            receivedAt: delivery.receivedAt, bodyBytes: delivery.body.count, duplicates: duplicates, jobs: jobs)
    }
}

extension EventFilter {
    func matches(_ event: EventSummary) -> Bool {
        (states.isEmpty || states.contains(event.state)) && (topic.map { $0 == event.topic } ?? true)
            && (shop.map { $0 == event.shop } ?? true)
    }
}
