import Foundation
import HTTPCore
import Logging
import ModelClient
import Vocabulary

extension ModelClientConfiguration {
    /// Models a, b and c at the provider "one", d at "two"; a falls back to b, then c, then d.
    static func sample(
        firstFallsBackTo fallbacks: [String] = ["b", "c", "d"], maxModels: Int = 4, concurrency: Int = 50
    ) -> ModelClientConfiguration {
        ModelClientConfiguration(
            providers: [
                Provider(name: "one", baseURL: "https://one.example.com/api/v1", apiKey: Secret("sk-test-not-a-key")),
                Provider(name: "two", baseURL: "http://two.example.com/v1/"),
            ],
            models: [
                .sample("a", fallbacks: fallbacks), .sample("b"), .sample("c"), .sample("d", provider: "two"),
            ],
            routing: RoutingMatrix(defaultModel: "a"),
            limits: CallLimits(maxModels: maxModels, concurrency: concurrency))
    }
}

extension Model {
    /// A model at 1 dollar per million prompt tokens and 10 per million completion tokens.
    static func sample(_ name: String, provider: String = "one", fallbacks: [String] = []) -> Model {
        Model(
            name: name, provider: provider, promptPrice: TokenPrice(picos: 1_000_000),
            completionPrice: TokenPrice(picos: 10_000_000), fallbacks: fallbacks)
    }
}

extension ModelCall {
    static func sample(
        _ answer: AnswerFormat = .text, maxTokens: Int = 100, deadline: Duration = .seconds(120), spendLimit: USD? = nil
    ) -> ModelCall {
        ModelCall(
            routing: Routing(.highVolume, task: .classification),
            messages: [Message(.system, "Judge the text."), Message(.user, "It fits.")], answer: answer,
            maxTokens: maxTokens, deadline: deadline, spendLimit: spendLimit)
    }
}

extension AnswerFormat {
    /// `{"label": "happy" or "unhappy"}`
    static func mood(complaints: @escaping @Sendable (JSONValue) -> [String] = { _ in [] }) -> AnswerFormat {
        .json(name: "Mood", schema: .object(["label": .string(oneOf: ["happy", "unhappy"])]), complaints: complaints)
    }
}

extension FallbackClient {
    /// A client over a script, whose waits have their full length.
    init(_ transport: any Transport, _ configuration: ModelClientConfiguration = .sample(), time: VirtualTime) {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        self.init(
            configuration: configuration, transport: transport, logger: logger, time: time.source, chance: { 1 })
    }
}

/// Runs the body and hands back the client's error.
func clientError(from body: () async throws -> ModelReply) async throws -> ModelClientError? {
    do {
        _ = try await body()
        return nil
    } catch let error as ModelClientError {
        return error
    }
}
