import Foundation
import HTTPCore
import Synchronization
import Testing

/// Plays one streamed response, step by step, and tells what becomes of it.
final class StreamingTransport: Transport {
    enum Step: Sendable {
        case part(String)
        /// Nothing more comes until the exchange is given up.
        case silence
        case error(TransportError.Code)
    }

    enum Moment: Sendable {
        /// A ``Step/silence`` has begun.
        case silent
        /// Nobody can read the body any more.
        case dropped
    }

    let moments: AsyncStream<Moment>
    private let moment: AsyncStream<Moment>.Continuation
    private let status: Int
    private let headers: [(name: String, value: String)]
    private let steps: Mutex<[Step]>
    private let isSilent: Bool

    /// - Parameter isSilent: whether not even the headers come.
    init(
        _ steps: [Step], status: Int = 200, type: String = "text/event-stream; charset=utf-8",
        headers: [(name: String, value: String)] = [], isSilent: Bool = false
    ) {
        self.steps = Mutex(steps)
        self.status = status
        self.headers = [("Content-Type", type)] + headers
        self.isSilent = isSilent
        (moments, moment) = AsyncStream.makeStream()
    }

    /// Events with this data.
    convenience init(events: [String], then steps: [Step] = [], headers: [(name: String, value: String)] = []) {
        self.init(events.map { .part("data: \($0)\n\n") } + steps, headers: headers)
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        Issue.record("a stream was asked for as a whole")
        throw TransportError(.other, "unexpected request", mayHaveBeenSent: false)
    }

    func open(_ request: TransportRequest) async throws -> TransportStream {
        if isSilent { try await silence() }
        let body = TransportBody(next: { try await self.next() }, onDrop: { self.moment.yield(.dropped) })
        return TransportStream(status: status, headers: headers, body: body)
    }

    private func next() async throws -> Data? {
        let step = steps.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        switch step {
        case .part(let text): return Data(text.utf8)
        case .error(let code): throw TransportError(code, "scripted", mayHaveBeenSent: true)
        case .silence: try await silence()
        case nil: break
        }
        return nil
    }

    private func silence() async throws {
        moment.yield(.silent)
        let (never, continuation) = AsyncStream<Never>.makeStream()
        for await _ in never {}
        continuation.finish()
        try Task.checkCancellation()
    }
}
