package import Bellhop
import Foundation
package import HTTPCore
package import InboxCore
package import Logging
package import ModelClient
package import Replay
package import Workers

/// Runs handlers on samples in this process: no door, no inbox, and the effects are only shown.
package struct DryRun: Sendable {
    private let handlers: HandlerTable
    private let runner: HandlerRunner
    private let shop: Shop

    /// - Parameter bounds: what one event may take.
    package init(
        handlers: HandlerTable, models: ModelClientConfiguration, bounds: EventBounds, shop: Shop,
        transport: any Transport, logger: Logger
    ) {
        self.handlers = handlers
        self.shop = shop
        runner = HandlerRunner(
            handlers: handlers,
            client: FallbackClient(configuration: models, transport: transport, logger: logger),
            policy: RetryPolicy(maxAttempts: 1), bounds: bounds)
    }

    /// How one handler's work on one sample ended.
    package struct Rehearsed: Sendable {
        package var sample: SampleFile
        package var handlerID: String
        package var result: JobResult
    }

    package struct Report: Sendable {
        package var rehearsed: [Rehearsed] = []
        /// Samples to whose topics no handler is bound.
        package var unbound: [SampleFile] = []
    }

    /// Runs every handler bound to the samples' topics, one after another.
    package func run(_ samples: [SampleFile]) async throws -> Report {
        var report = Report()
        for sample in samples {
            let rehearsed = try await run(sample)
            report.rehearsed += rehearsed
            if rehearsed.isEmpty { report.unbound.append(sample) }
        }
        return report
    }

    private func run(_ sample: SampleFile) async throws -> [Rehearsed] {
        var rehearsed: [Rehearsed] = []
        for id in handlers.bindings.handlers(for: sample.topic).map(\.handlerID) {
            let result = try await runner.run(claim(of: sample, for: id))
            rehearsed.append(Rehearsed(sample: sample, handlerID: id, result: result))
        }
        return rehearsed
    }

    private func claim(of sample: SampleFile, for handlerID: String) -> Claim {
        let now = Date()
        let id = UUID().uuidString.lowercased()
        return Claim(
            jobID: 0, deliveryID: id, handlerID: handlerID, attempt: 1,
            lease: Lease(token: 0, epoch: 0, expiresAt: now),
            delivery: Delivery(
                sender: "replay", shop: shop, topic: sample.topic, webhookID: id, body: sample.body,
                bodyHash: Data(), receivedAt: now))
    }
}
