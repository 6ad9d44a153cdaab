public import HTTPCore
public import Logging

/// Asks models through one chain of fallbacks.
public struct FallbackClient: Sendable {
    private let configuration: ModelClientConfiguration
    private let transport: any Transport
    private let logger: Logger

    public init(configuration: ModelClientConfiguration, transport: any Transport, logger: Logger) {
        self.configuration = configuration
        self.transport = transport
        self.logger = logger
    }

    /// Asks the models of the chain in turn until one gives an acceptable answer.
    ///
    /// - Throws: ``ModelClientError``, or `CancellationError` when the task is cancelled.
    public func answer(_ call: ModelCall) async throws -> ModelReply {
        throw ModelClientError(.stopped, "not built yet", attempts: [])
    }
}
