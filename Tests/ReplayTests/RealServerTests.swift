import Foundation
import HTTPCore
import HTTPTransport
import Hummingbird
import Logging
import NIOCore
import Replay
import ServiceLifecycle
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
        let (ports, portFound) = AsyncStream<Int>.makeStream()
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
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { portFound.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let services = ServiceGroup(configuration: .init(services: [application], logger: logger))
        let transport = CurlTransport()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { portFound.finish() }
                try await services.run()
            }
            let port = try #require(await ports.first { _ in true })
            let outcome: Swift.Result<Result, any Error>
            do {
                outcome = .success(try await body("http://127.0.0.1:\(port)/webhooks", transport))
            } catch {
                outcome = .failure(error)
            }
            await transport.close()
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
            return try outcome.get()
        }
    }
}
