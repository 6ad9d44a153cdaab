package import InboxCore

/// Runs the handlers of a stored delivery again without changing anything: to see what would come of it.
package struct EventRehearsal: Sendable {
    /// Rehearsals at once; more wait.
    private static let width = 2
    /// For a run that is cut off to say how far it came: longer than it waits for its handler itself.
    private static let grace = Duration.seconds(10)

    private let inbox: any Inbox
    private let runner: @Sendable () -> HandlerRunner
    private let bindings: @Sendable () -> TopicBindings
    private let limit: Duration
    private let gate = ConcurrencyGate(width: width)

    /// How one handler's run ended.
    package struct Run: Sendable {
        package var handlerID: String
        /// `nil` when it was cut off before it had asked anything.
        package var result: JobResult?
        /// Whether the time limit ended it; the result then tells only what had been asked.
        package var isCutOff: Bool
    }

    /// - Parameter limit: longest time for one delivery, waiting included.
    package init(
        inbox: any Inbox, runner: @escaping @Sendable () -> HandlerRunner,
        bindings: @escaping @Sendable () -> TopicBindings, limit: Duration = .seconds(120)
    ) {
        self.inbox = inbox
        self.runner = runner
        self.bindings = bindings
        self.limit = limit
    }

    /// - Parameters:
    ///   - kind: `rehearsal` asks models, whose costs are recorded with the label `rehearsal`; `recorded` asks nobody.
    ///   - handlerID: the one handler to run; `nil` for all of the delivery.
    /// - Throws: ``InboxError``, also `.overloaded` when others take all the time; `CancellationError`.
    package func run(_ deliveryID: String, as kind: RunKind, handlerID: String? = nil) async throws -> [Run] {
        let clock = ContinuousClock()
        let end = clock.now + limit
        guard try await gate.enter(within: limit, sleep: { try await Task.sleep(for: $0) }) else {
            throw InboxError(.overloaded, "other rehearsals are under way; try again shortly")
        }
        defer { gate.leave() }
        guard let detail = try await inbox.detail(of: deliveryID) else { throw InboxError.noDelivery }
        let claims = try await inbox.rehearsalClaims(
            of: deliveryID, handlers: bindings().handlers(for: detail.topic))
        var runs: [Run] = []
        for claim in claims where handlerID == nil || claim.handlerID == handlerID {
            runs.append(try await run(claim, as: kind, within: end - clock.now))
        }
        return runs
    }

    private func run(_ claim: Claim, as kind: RunKind, within time: Duration) async throws -> Run {
        let runner = runner()
        let run = await TimeLimit(limit: time, grace: Self.grace).run { try await runner.run(claim, as: kind) }
        switch run {
        case .ended(let result): return Run(handlerID: claim.handlerID, result: try result.get(), isCutOff: false)
        case .cut(.caller, _): throw CancellationError()
        // After the time the run still says how far it came.
        case .cut(.time, let result): return Run(handlerID: claim.handlerID, result: try? result?.get(), isCutOff: true)
        }
    }
}
