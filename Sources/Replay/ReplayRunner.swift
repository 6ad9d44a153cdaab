package import HTTPCore
import Synchronization

/// Sends the deliveries of a plan to a server and measures what comes back.
package struct ReplayRunner<C: Clock>: Sendable where C.Duration == Duration {
    private let transport: any Transport
    private let url: String
    private let concurrency: Int
    /// Between the moments at which deliveries are due.
    private let interval: Duration?
    private let limits: TransportRequest.Limits
    private let clock: C

    /// - Parameters:
    ///   - url: where the server takes webhooks, for example `http://127.0.0.1:8080/webhooks`.
    ///   - concurrency: how many deliveries are under way at most; at least 1.
    ///   - rate: how many deliveries are due in a second, whatever the server does; `nil` sends the next one as soon
    ///     as one has ended.
    package init(
        transport: any Transport, url: String, concurrency: Int = 16, rate: Double? = nil,
        limits: TransportRequest.Limits = TransportRequest.Limits(), clock: C = ContinuousClock()
    ) {
        self.transport = transport
        self.url = url
        self.concurrency = max(1, concurrency)
        interval = rate.flatMap { $0 > 0 ? .seconds(1 / $0) : nil }
        self.limits = limits
        self.clock = clock
    }

    /// Sends every delivery once. When the task is cancelled it stops and sums up what has ended until then;
    /// deliveries under way count as not sent.
    ///
    /// - Parameters:
    ///   - progress: called after each delivery, from several tasks at a time.
    ///   - ended: called with how each delivery ended, from several tasks at a time.
    /// - Throws: when the signing library fails.
    package func run(
        _ plan: ReplayPlan, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in },
        ended: @escaping @Sendable (ReplayRecord) -> Void = { _ in }
    ) async throws -> ReplaySummary {
        let start = clock.now
        let run = Run(deliveries: try plan.deliveries())
        let total = plan.total
        await withDiscardingTaskGroup { group in
            for _ in 0..<min(concurrency, max(1, total)) {
                group.addTask {
                    while !Task.isCancelled, let (index, delivery) = run.next() {
                        guard let ending = await send(delivery, due: due(index, since: start)) else { return }
                        ended(ReplayRecord(of: delivery, ending: ending))
                        progress(run.record(ending, of: delivery), total)
                    }
                }
            }
        }
        return run.summary(elapsed: start.duration(to: clock.now), total: total)
    }

    /// When the delivery is due; `nil` for at once.
    private func due(_ index: Int, since start: C.Instant) -> C.Instant? {
        interval.map { start.advanced(by: $0 * index) }
    }

    /// - Returns: `nil` when cancelled.
    private func send(_ delivery: SignedDelivery, due: C.Instant?) async -> DeliveryEnding? {
        if let due, due > clock.now {
            guard (try? await clock.sleep(until: due, tolerance: nil)) != nil else { return nil }
        }
        let began = due ?? clock.now
        let request = TransportRequest(
            .post, url: url, headers: delivery.headers, body: delivery.body, limits: limits)
        do {
            let response = try await transport.send(request)
            return .answer(response, after: began.duration(to: clock.now))
        } catch is CancellationError {
            return nil
        } catch {
            let reason = (error as? TransportError)?.code.rawValue ?? "other"
            return .failure(reason, after: began.duration(to: clock.now))
        }
    }
}

/// What the senders of one run share.
private final class Run: Sendable {
    private let queue: Mutex<(deliveries: Deliveries, index: Int)>
    private let tally = Mutex(ReplayTally())

    init(deliveries: Deliveries) {
        queue = Mutex((deliveries, 0))
    }

    /// The next delivery and its place in the order.
    func next() -> (index: Int, delivery: SignedDelivery)? {
        queue.withLock { queue in
            guard let delivery = queue.deliveries.next() else { return nil }
            defer { queue.index += 1 }
            return (queue.index, delivery)
        }
    }

    /// - Returns: how many deliveries have ended.
    func record(_ ending: DeliveryEnding, of delivery: SignedDelivery) -> Int {
        tally.withLock { tally in
            tally.record(ending, of: delivery)
            return tally.ended
        }
    }

    func summary(elapsed: Duration, total: Int) -> ReplaySummary {
        tally.withLock { $0.summary(elapsed: elapsed, isCancelled: $0.ended < total) }
    }
}
