import Foundation
import HTTPCore
import Logging
import Synchronization
import Testing
import Vocabulary

@testable import ModelClient

@Suite(.timeLimit(.minutes(5)))
struct SlackNotifierTests {
    private let time = VirtualTime()

    /// Runs the notifier on one alert and gives what it posted.
    private func posted(_ alert: Alert, statuses: [Int]) async -> [TransportRequest] {
        let transport = StatusTransport(statuses)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let notifier = SlackNotifier(
            url: Secret("https://hooks.example.com/secret"), sender: "Bellhop", transport: transport, logger: logger,
            time: time.source)
        let (alerts, continuation) = AsyncStream.makeStream(of: Alert.self)
        continuation.yield(alert)
        continuation.finish()
        await notifier.run(alerts)
        return transport.sent
    }

    @Test func `posts a text that means nothing but itself to Slack`() async throws {
        let requests = await posted(.modelDown("<!channel> & co"), statuses: [200])
        let request = try #require(requests.first)
        #expect(requests.count == 1)
        #expect(request.url == "https://hooks.example.com/secret")
        #expect(
            try JSONValue(parsing: request.body)
                == ["text": "Bellhop: &lt;!channel&gt; &amp; co fails and is left alone for a while"])
    }

    @Test func `tries again when the server is busy, but not for ever`() async {
        #expect(await posted(.modelDown("a"), statuses: [503, 429, 200]).count == 3)
        #expect(time.sleeps == [.seconds(1), .seconds(4)])
        #expect(await posted(.modelDown("a"), statuses: [500, 500, 500, 500]).count == 3)
    }

    @Test func `does not repeat what is refused`() async {
        #expect(await posted(.modelDown("a"), statuses: [404, 200]).count == 1)
    }
}

/// Answers with one status after another.
private final class StatusTransport: Transport {
    private let state: Mutex<(statuses: [Int], sent: [TransportRequest])>

    init(_ statuses: [Int]) {
        state = Mutex((statuses, []))
    }

    var sent: [TransportRequest] { state.withLock { $0.sent } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        state.withLock { state in
            state.sent.append(request)
            return TransportResponse(status: state.statuses.removeFirst())
        }
    }
}
