import Cryptography
import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Replay
import ServiceLifecycle
import Synchronization
import TortureJudge

/// Takes effects as a program of the shop's owner would: it does each thing once, by its key, and notes every request. Now
/// and then it is slow, fails, or leaves without an answer.
final class Receiver: Sendable {
    private let state: Mutex<State>

    private struct State {
        var receipts: [Facts.Receipt] = []
        var applied: Set<String> = []
        var generator: SeededGenerator
    }

    /// What the receiver does with a request.
    private enum Mood: CaseIterable {
        case well, slow, failsFirst, failsAfter, leavesAfter

        static func random(using generator: inout SeededGenerator) -> Mood {
            Int.random(in: 0..<3, using: &generator) > 0 ? .well : (allCases.randomElement(using: &generator) ?? .well)
        }
    }

    init(seed: UInt64) {
        state = Mutex(State(generator: SeededGenerator(seed: seed)))
    }

    var receipts: [Facts.Receipt] { state.withLock(\.receipts) }

    /// Serves while `body` runs.
    ///
    /// - Parameter body: gets the address, as in `http://127.0.0.1:4000`.
    func serving(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
        let logger = Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() }
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = Server(
            childChannelSetup: HTTP1Channel { [self] request, writer, channel in
                try await answer(request, writer, channel)
            }, configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { found.yield(port) }
            }, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
        let services = ServiceGroup(services: [server], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            guard let port = await ports.first(where: { _ in true }) else { throw Broken("no receiver") }
            try await body("http://127.0.0.1:\(port)")
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    private func answer(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let body = Data(try await request.body.collect(upTo: 16 << 20).readableBytesView)
        let mood = try note(request.head, body)
        switch mood {
        case .leavesAfter:
            return try await channel.close()
        case .slow: try await Task.sleep(for: .milliseconds(400))
        case .well, .failsFirst, .failsAfter: break
        }
        let hasFailed = mood == .failsFirst || mood == .failsAfter
        let status = hasFailed ? HTTPResponse.Status.internalServerError : .ok
        try await writer.write(
            response: HTTPResponse(status: status, headerFields: [.contentLength: "0"]), body: ResponseBody())
    }

    private func note(_ head: HTTPRequest, _ body: Data) throws -> Mood {
        let key = Self.header("Idempotency-Key", of: head) ?? ""
        let digest = try SHA256.digest(of: body).map { String($0, radix: 16) }.joined(separator: ".")
        let isSigned = try Self.isSigned(head, body)
        return state.withLock { state in
            let mood = Mood.random(using: &state.generator)
            let isApplied = mood != .failsFirst && state.applied.insert(key).inserted
            state.receipts.append(
                Facts.Receipt(key: key, digest: digest, isApplied: isApplied, isSigned: isSigned))
            return mood
        }
    }

    private static func header(_ name: String, of head: HTTPRequest) -> String? {
        HTTPField.Name(name).flatMap { head.headerFields[$0] }
    }

    private static func isSigned(_ head: HTTPRequest, _ body: Data) throws -> Bool {
        let code = try MessageCode.signing(body, with: SigningSecret(Stage.destinationSecret)).base64
        return header("X-Bellhop-Hmac-Sha256", of: head) == code
    }
}
