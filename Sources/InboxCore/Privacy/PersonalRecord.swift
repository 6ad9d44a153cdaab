package import Bellhop
package import Foundation

/// Everything that is kept about one delivery, for the person whom it concerns.
package struct PersonalRecord: Sendable, Hashable, Codable {
    package var deliveryID: String
    package var topic: Topic
    package var receivedAt: Date
    package var headers: [String: String]
    /// The body, when it is JSON.
    package var payload: JSONValue?
    /// The body in base64, when it is not.
    package var rawPayload: String?
    package var jobs: [Job]

    package struct Job: Sendable, Hashable, Codable {
        package var handler: String
        package var state: JobState.Name
        package var reason: String?
        /// What models answered, by the question's name.
        package var answers: [Answer]
        package var effects: [PlannedEffect]

        package init(
            handler: String, state: JobState.Name, reason: String?, answers: [Answer], effects: [PlannedEffect]
        ) {
            self.handler = handler
            self.state = state
            self.reason = reason
            self.answers = answers
            self.effects = effects
        }
    }

    package struct Answer: Sendable, Hashable, Codable {
        package var question: String
        package var answer: JSONValue

        package init(question: String, answer: JSONValue) {
            self.question = question
            self.answer = answer
        }
    }

    /// - Parameter delivery: `nil` when its payload is gone.
    package init(deliveryID: String, topic: Topic, receivedAt: Date, delivery: Delivery?, jobs: [Job]) {
        self.deliveryID = deliveryID
        self.topic = topic
        self.receivedAt = receivedAt
        headers = delivery?.headers ?? [:]
        payload = delivery.flatMap { try? JSONValue(parsing: $0.body) }
        if payload == nil { rawPayload = delivery?.body.base64EncodedString() }
        self.jobs = jobs
    }
}
