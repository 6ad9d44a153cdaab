import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// A receiver of posts on a free port of loopback, which remembers what came and answers as the test says.
package final class EffectReceiver: Sendable {
    package typealias Answering = @Sendable (_ request: ReceivedRequest) async -> ReceiverAnswer

    private struct State {
        var requests: [ReceivedRequest] = []
        var waiting: [(count: Int, waiter: AsyncStream<Void>.Continuation)] = []
    }

    private let answering: Answering
    private let state = Mutex(State())
    package let port: Int

    private init(port: Int, answering: @escaping Answering) {
        self.port = port
        self.answering = answering
    }

    package var url: String { "http://127.0.0.1:\(port)/effects" }
    /// Where to ask about a key.
    package var askURL: String { "http://127.0.0.1:\(port)/effects/{key}" }

    /// Everything that came, in order.
    package var requests: [ReceivedRequest] { state.withLock { $0.requests } }
    package var posts: [ReceivedRequest] { requests.filter { $0.method == "POST" } }
    package var questions: [ReceivedRequest] { requests.filter { $0.method == "GET" } }

    /// How often each key was posted.
    package var countsByKey: [String: Int] {
        Dictionary(posts.compactMap { $0.key.map { ($0, 1) } }, uniquingKeysWith: +)
    }

    /// Returns when so many requests have come, held ones included.
    package func arrived(_ count: Int) async {
        let (stream, waiter) = AsyncStream.makeStream(of: Void.self)
        state.withLock { state in
            if state.requests.count >= count { waiter.finish() } else { state.waiting.append((count, waiter)) }
        }
        for await _ in stream {}
    }

    /// Runs a receiver while `body` runs. Requests that are still held at the end are cut off.
    package static func run<Result: Sendable>(
        answering: @escaping Answering = { _ in .ok }, during body: (EffectReceiver) async throws -> Result
    ) async throws -> Result {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let receiver = Mutex<EffectReceiver?>(nil)
        var logger = Logger(label: "receiver")
        logger.logLevel = .critical
        let router = Router()
        let take: @Sendable (Request, BasicRequestContext) async throws -> Response = { request, _ in
            guard let receiver = receiver.withLock({ $0 }) else { return Response(status: .serviceUnavailable) }
            return try await receiver.take(request)
        }
        router.post("effects", use: take)
        router.post("effects/**", use: take)
        router.get("effects/**", use: take)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { found.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let services = ServiceGroup(configuration: .init(services: [application], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await services.run() }
            defer { group.cancelAll() }
            guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
            let running = EffectReceiver(port: port, answering: answering)
            receiver.withLock { $0 = running }
            return try await body(running)
        }
    }

    private func take(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 4 << 20)
        let received = ReceivedRequest(request, body: Data(body.readableBytesView))
        let satisfied = state.withLock { state in
            state.requests.append(received)
            let count = state.requests.count
            defer { state.waiting.removeAll { $0.count <= count } }
            return state.waiting.filter { $0.count <= count }.map(\.waiter)
        }
        for waiter in satisfied { waiter.finish() }
        let answer = await answering(received)
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headers[name] = value
        }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(string: answer.body)))
    }
}

/// What a receiver says.
package struct ReceiverAnswer: Sendable {
    package var status: Int
    package var headers: [String: String]
    package var body: String

    package init(_ status: Int, headers: [String: String] = [:], body: String = "") {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static let ok = ReceiverAnswer(200)

    /// Says nothing until the sender has gone, or the test ends.
    package static func never() async -> ReceiverAnswer {
        try? await Task.sleep(for: .seconds(600))
        return ok
    }
}
