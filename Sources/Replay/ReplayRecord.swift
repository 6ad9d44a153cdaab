import Bellhop
import Foundation
import HTTPCore

/// One delivery and how it ended, for a judge who compares with what a server has stored.
package struct ReplayRecord: Sendable, Hashable, Codable {
    package var webhookID: String
    package var topic: String
    package var kind: SignedDelivery.Kind
    /// `nil` when there was no answer.
    package var status: Int?
    /// Whether a 200 said that the delivery was known.
    package var isKnown: Bool
    /// Why there was no answer.
    package var failure: String?

    package init(
        webhookID: String, topic: String, kind: SignedDelivery.Kind, status: Int?, isKnown: Bool = false,
        failure: String? = nil
    ) {
        self.webhookID = webhookID
        self.topic = topic
        self.kind = kind
        self.status = status
        self.isKnown = isKnown
        self.failure = failure
    }

    init(of delivery: SignedDelivery, ending: DeliveryEnding) {
        self.init(
            webhookID: delivery.ids.webhook.uuidString.lowercased(), topic: delivery.topic.rawValue,
            kind: delivery.kind, status: nil)
        switch ending {
        case .answer(let answer, _):
            status = answer.status
            isKnown = answer.status == 200 && answer.saysDuplicate
        case .failure(let reason, _):
            failure = reason
        }
    }
}
