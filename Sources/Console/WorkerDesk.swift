/// What the private door has the workers do.
package struct WorkerDesk: Sendable {
    /// The handlers that are left alone now.
    package var pauses: @Sendable () async -> [HandlerStatus.Pause]
    /// Ends a handler's pause; whether there was one.
    package var resume: @Sendable (_ handlerID: String) async -> Bool
    /// Runs the handlers of an event without changing anything, or only the one named.
    ///
    /// - Throws: `InboxError`.
    package var rehearse:
        @Sendable (_ deliveryID: String, _ source: RehearsalSource, _ handlerID: String?) async throws -> [RehearsedRun]

    package init(
        pauses: @escaping @Sendable () async -> [HandlerStatus.Pause],
        resume: @escaping @Sendable (String) async -> Bool,
        rehearse: @escaping @Sendable (String, RehearsalSource, String?) async throws -> [RehearsedRun]
    ) {
        self.pauses = pauses
        self.resume = resume
        self.rehearse = rehearse
    }
}
