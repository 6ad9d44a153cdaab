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

/// Takes effects as programs of the shop's owner would, at a path for each kind of receiver, and notes every request.
/// Now and then it is slow, fails, or leaves without an answer.
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
        let post = try ReceivedPost(request.head, body: body)
        let status: HTTPResponse.Status
        if request.head.method == .get {
            status = state.withLock { $0.applied.contains(post.askedKey) } ? .ok : .notFound
        } else {
            let mood = note(post)
            if mood == .leavesAfter { return try await channel.close() }
            if mood == .slow { try await Task.sleep(for: .milliseconds(400)) }
            status = mood == .failsFirst || mood == .failsAfter ? .internalServerError : .ok
        }
        try await writer.write(
            response: HTTPResponse(status: status, headerFields: [.contentLength: "0"]), body: ResponseBody())
    }

    private func note(_ post: ReceivedPost) -> Mood {
        state.withLock { state in
            let mood = Mood.random(using: &state.generator)
            var isApplied = false
            if mood != .failsFirst {
                let isNew = state.applied.insert(post.key).inserted
                // Only this kind knows what it did already.
                isApplied = isNew || post.repetition != .idempotent
            }
            state.receipts.append(
                Facts.Receipt(
                    key: post.key, digest: post.digest, repetition: post.repetition, isApplied: isApplied,
                    isSigned: post.isSigned))
            return mood
        }
    }
}
