import Bellhop
import Foundation
import InboxCore
import ModelClient
import Synchronization
import Testing

@testable import Workers

/// What of a handler, its subscription and its event a model call carries.
@Suite struct ModelCallTests {
    /// Keeps the questions that reach it and answers none.
    private final class Listening: ContextBackend {
        private let heard = Mutex<Question?>(nil)

        var question: Question? { heard.withLock { $0 } }

        func answer(_ question: Question) async throws -> JSONValue {
            heard.withLock { $0 = question }
            throw CancellationError()
        }
    }

    private struct Asking: WebhookHandler {
        static let id = "asking"
        static let topics: [Topic] = ["tests/run"]
        static let routing = Routing(.highVolume, task: .classification)
        static let effects: Set<Effect.Kind> = []
        static let redacts: Set<PersonalData> = [.phone]
        static let dataPolicy = DataPolicy(regions: ["eu", "ch"])

        init(settings: NoSettings) {}

        func handle(_ event: Event<JSONValue>, in context: Context) async throws -> [Effect] {
            let isUrgent = event.payload["urgent"] == true
            _ = try await context.ask(
                for: Obedient.Verdict.self, "Judge it.", about: ["text": event.payload["text"] ?? .null],
                routing: isUrgent ? Routing(.creative, task: .translation, isLatencyCritical: true) : nil,
                policy: DataPolicy(zeroRetention: true))
            return []
        }
    }

    private let allowance = EventAllowance(requests: 3, money: .cents(2), time: .seconds(40), maxTokens: 77)

    private func call(
        _ body: String = #"{"text": "a"}"#, priority: Int = 5, team: String? = nil, redact: Set<PersonalData> = [],
        policy: DataPolicy = .open
    ) async throws -> ModelCall {
        let handler = try RegisteredHandler(
            Asking.self,
            terms: SubscriptionTerms(
                modelOverride: "premium", redact: redact, dataPolicy: policy, priority: priority, team: team))
        let claim = try Fixture.claim(body, handler: "asking")
        let backend = Listening()
        _ = try? await handler.effects(
            of: claim, in: Context(backend: backend, constants: RunConstants(now: Fixture.now, seed: 0)))
        return try ModelCall(
            asking: try #require(backend.question), of: handler, about: claim, user: "nobody", within: allowance)
    }

    @Test func labelsStayHereAndNameTheShopAndWhoseCostsTheseAre() async throws {
        let call = try await call(team: "care")
        #expect(
            call.labels == [
                "shop": "kelp-and-cotton.myshopify.com", "handler": "asking", "task": "classification", "team": "care",
            ])
        #expect(call.reference == "d-1")
        #expect(try await self.call().labels["team"] == nil)
    }

    @Test func whatGoesAlongNamesNeitherShopNorPerson() async throws {
        let call = try await call()
        #expect(call.metadata == ["event_id": "d-1", "handler": "asking", "task": "classification"])
        #expect(call.user == "nobody")
    }

    @Test func whatIsLeftOfTheEventBoundsTheCall() async throws {
        let call = try await call()
        #expect(call.maxRequests == 3)
        #expect(call.spendLimit == .cents(2))
        #expect(call.deadline == .seconds(40))
        #expect(call.maxTokens == 77)
    }

    @Test(arguments: [(0, 0), (9, 9), (10, 9), (-1, 0)])
    func theSubscriptionsPriorityIsKept(priority: Int, expected: Int) async throws {
        #expect(try await call(priority: priority).priority == expected)
    }

    @Test func policiesOfHandlerSubscriptionAndQuestionHoldTogether() async throws {
        let call = try await call(policy: DataPolicy(regions: ["ch", "us"], noTraining: true))
        #expect(call.policy == DataPolicy(regions: ["ch"], noTraining: true, zeroRetention: true))
    }

    @Test func whatHandlerAndSubscriptionRedactGoes() async throws {
        let call = try await call(#"{"text": "zoe@example.com or 503-555-0117"}"#, redact: [.email])
        #expect(call.messages.last?.content.contains(#""text":"[email] or [phone]""#) == true)
    }

    @Test func aQuestionsOwnRoutingGoesBeforeTheSubscriptionsModel() async throws {
        let urgent = try await call(#"{"urgent": true}"#)
        #expect(urgent.routing.isLatencyCritical)
        #expect(urgent.routing.task == .translation)
        #expect(urgent.labels["task"] == "translation")
        #expect(urgent.modelOverride == nil)
        #expect(try await call().modelOverride == "premium")
    }
}
