import HTTPCore
import ModelClient
import Vocabulary

/// Asks the cheapest model of a provider a tiny question, as handlers ask theirs: once for the answer as a whole, once
/// piece by piece.
struct ProbeCheck {
    let configuration: ModelClientConfiguration
    let provider: Provider
    /// `nil` when the provider tells none.
    let listing: ModelListing?
    let transport: any Transport

    func run() async -> [Finding] {
        guard let model = configuration.cheapestModel(of: provider, listed: listing) else {
            return [Finding(.probe, .warn, provider.name, "no model of it is configured", advice: "remove it")]
        }
        return [
            await ask(model, isStreamed: false).finding(of: model, at: provider),
            await ask(model, isStreamed: true).finding(of: model, at: provider),
        ]
    }

    private func ask(_ model: Model, isStreamed: Bool) async -> ProbeReading {
        let observer = ModelNameObserver(transport)
        let pieces = PieceCounter()
        let client = FallbackClient(
            configuration: configuration.alone(model, at: provider), transport: observer, chance: { 0 })
        let call = ModelCall(
            routing: Routing(.highVolume, task: .classification),
            messages: [.init(.user, "Which of the two is a fruit: apple or chair?")],
            answer: .json(name: "Fruit", schema: .object(["fruit": .string(oneOf: ["apple", "chair"])])),
            maxTokens: 64, streaming: isStreamed ? Streaming(onEvent: pieces.count) : nil, deadline: .seconds(60))
        let outcome: ProbeReading.Outcome
        do {
            outcome = .answered(try await client.answer(call))
        } catch let error as ModelClientError {
            outcome = .failed(error.attempts.last?.failure.map { "\($0.kind.rawValue): \($0.reason)" } ?? error.message)
        } catch {
            outcome = .failed("was interrupted")
        }
        return ProbeReading(
            outcome: outcome, isStreamed: isStreamed, pieces: pieces.value, answeringModel: observer.model)
    }
}

extension ModelClientConfiguration {
    /// Of those that the provider lists and a question can come to, or else of all; one without a price comes last.
    func cheapestModel(of provider: Provider, listed listing: ModelListing?) -> Model? {
        let own = models.filter { $0.provider == provider.name }
        let reachable = Set(reachableModels.map(\.name))
        let good = own.filter { model in
            reachable.contains(model.name) && listing?.entry(for: model.id, dialect: provider.dialect) != nil
        }
        let candidates = good.isEmpty ? own.filter { reachable.contains($0.name) } : good
        return (candidates.isEmpty ? own : candidates).min { a, b in
            switch (a.sampleCost, b.sampleCost) {
            case (let a?, let b?): a < b
            case (let a, _): a != nil
            }
        }
    }

    /// A configuration in which this model is asked once and nobody else.
    func alone(_ model: Model, at provider: Provider) -> ModelClientConfiguration {
        var model = model
        model.fallbacks = []
        let never = RetryRules.Rule(retries: 0, base: .zero)
        var limits = limits
        limits.maxRequests = 1
        return ModelClientConfiguration(
            providers: [provider], models: [model], routing: RoutingMatrix(defaultModel: model.name),
            retries: RetryRules(rateLimit: never, timeout: never, unavailable: never), limits: limits,
            quality: QualityRules(asksAgain: false))
    }
}
