package import BellhopTesting
package import Logging
package import ModelClient
package import ModelStandIn
import ServiceLifecycle
import Vocabulary

/// Models for a rehearsal: the stand-in in place of every provider of a configuration.
package struct StandInModels: Sendable {
    private let answers: CannedAnswers
    private let faults: [FaultRule]

    /// - Parameter faults: what goes wrong on purpose.
    package init(answers: CannedAnswers, faults: [FaultRule] = []) {
        self.answers = answers
        self.faults = faults
    }

    /// Runs `body` while the stand-in serves the models of `models` on a free port of this machine.
    ///
    /// - Parameter body: gets the configuration with every provider replaced, and the bill.
    package func serving<Result: Sendable>(
        _ models: ModelClientConfiguration, logger: Logger,
        _ body: @Sendable (ModelClientConfiguration, Bill) async throws -> Result
    ) async throws -> Result {
        let bill = Bill()
        let configuration = StandInConfiguration(answers: answers, prices: models.prices, faults: faults)
        return try await withService(logger: logger) { ready in
            StandInServer(configuration: configuration, bill: bill, logger: logger, onRunning: ready)
        } body: { port in
            try await body(models.servedBy(port: port), bill)
        }
    }
}

extension ModelClientConfiguration {
    /// The list prices as the stand-in takes them; models without a price are left out.
    package var prices: [String: ModelPrice] {
        let priced = models.compactMap { model -> (String, ModelPrice)? in
            guard let prompt = model.promptPrice, let completion = model.completionPrice else { return nil }
            return (model.id, ModelPrice(prompt: prompt, completion: completion))
        }
        return Dictionary(priced, uniquingKeysWith: { first, _ in first })
    }

    /// The same models, all asked for at the stand-in; real keys stay at home.
    fileprivate func servedBy(port: Int) -> ModelClientConfiguration {
        var copy = self
        copy.providers = providers.map { provider in
            var provider = provider
            provider.baseURL = "http://127.0.0.1:\(port)/v1"
            provider.apiKey = nil
            return provider
        }
        return copy
    }
}
