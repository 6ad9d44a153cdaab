import Foundation
import HTTPCore
import HTTPTransport
import Hummingbird
import Logging
import NIOCore
import Replay
import ServiceTestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct RealServerTests {
    @Test func aReplayOverTheNetworkCountsWhatTheServerSaw() async throws {
        let plan = try plan(repeats: 50, duplicates: 0.2, forgeries: 0.1)
        let door = ScriptedServer()
        let summary = try await Self.serve(door) { url, transport in
            try await ReplayRunner(transport: transport, url: url).run(plan)
        }
        #expect(summary.sent == 118)
        #expect(summary.accepted == 90)
        #expect(summary.duplicates == 18)
        #expect(summary.statuses == [200: 108, 401: 10])
        #expect(summary.failed.isEmpty)
        #expect(summary.unexpectedExamples.isEmpty)
        #expect(summary.latency.max > 0)
        #expect(door.received.count == 118)
        let topics = door.received.map { $0.headers.first { $0.name == "X-Shopify-Topic" }?.value }
        #expect(Set(topics) == ["orders/create"])
    }

    /// Puts a scripted server on loopback and sends over libcurl.
    private static func serve<Result: Sendable>(
        _ door: ScriptedServer, _ body: (_ url: String, CurlTransport) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let router = Router()
        router.post("webhooks") { request, _ in
            let bytes = try await request.body.collect(upTo: 1 << 20)
            let headers = request.headers.map { (name: $0.name.rawName, value: $0.value) }
            let answer = try await door.send(
                TransportRequest(.post, url: request.uri.path, headers: headers, body: Data(bytes.readableBytesView)))
            return Response(
                status: .init(code: answer.status), body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
        }
        let transport = CurlTransport()
        return try await RunningServer.run { onRunning in
            Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { onRunning($0.localAddress?.port ?? 0) }, logger: logger)
        } during: { server in
            let outcome: Swift.Result<Result, any Error>
            do {
                outcome = .success(try await body("http://127.0.0.1:\(server.port)/webhooks", transport))
            } catch {
                outcome = .failure(error)
            }
            await transport.close()
            return try outcome.get()
        }
    }
}
