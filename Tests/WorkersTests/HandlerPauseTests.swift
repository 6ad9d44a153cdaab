import Bellhop
import Foundation
import InboxCore
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import Workers

/// A pool whose handler fails for many events.
@Suite(.timeLimit(.minutes(5))) struct HandlerPauseTests {
    private let news = News()

    /// Runs a pool with short pauses while `body` runs.
    private func withPool(
        on inbox: any Inbox, stage: Stage? = nil, shortest: Duration, concurrency: Int = 4,
        _ body: (HandlerWatch) async throws -> Void
    ) async throws {
        let runner = Fixture.runner(
            ScriptedModels([.rateLimited]), table: try Fixture.table(stage: stage), maxAttempts: 1,
            pauses: PauseRules(after: 3, shortest: shortest), now: { Date() })
        let watch = HandlerWatch { [news] in news.add($0) }
        let pool = WorkerPool(
            configuration: .init(concurrency: concurrency, poll: .milliseconds(50)), inbox: inbox, runner: { runner },
            watch: watch, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let services = ServiceGroup(services: [pool], logger: Logger(label: "test"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            try await body(watch)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    private func accept(_ order: String, _ webhookID: String, in inbox: any Inbox) async throws -> String {
        let delivery = try Fixture.delivery(#"{"order":"\#(order)"}"#, webhookID: webhookID)
        switch try await inbox.accept(delivery, handlers: ["obedient"], holdReason: nil) {
        case .stored(let id), .duplicate(let id): return id
        }
    }

    private func states(_ ids: [String], in inbox: any Inbox) async throws -> [JobState.Name] {
        var states: [JobState.Name] = []
        for id in ids { states += try await inbox.detail(of: id)?.jobs.map(\.summary.state) ?? [] }
        return states
    }

    private func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func `many events that fail alike pause the handler, and none but the first is dead`() async throws {
        let inbox = MemoryInbox()
        try await withPool(on: inbox, shortest: .seconds(3600), concurrency: 1) { watch in
            var ids: [String] = []
            for number in 1...8 { ids.append(try await accept("fail", "w-\(number)", in: inbox)) }
            // The pause shows before the outcome of the event that brought it about is recorded.
            let expected: [JobState.Name] = [.dead, .waiting, .waiting, .ready, .ready, .ready, .ready, .ready]
            try await until { try await states(ids, in: inbox) == expected }
            #expect(watch.paused.map(\.handlerID) == ["obedient"])
            #expect(watch.paused.first?.reason == "the handler threw Mishap")
            let job = await inbox.detail(of: ids[1])?.jobs.first
            #expect(job?.summary.attempts == 0)
            try await until { news.words == ["paused obedient"] }
        }
    }

    @Test func `after the pause one event is tried, and its success resumes the handler`() async throws {
        let inbox = WatchedInbox(MemoryInbox())
        let stage = Stage()
        try await withPool(on: inbox, stage: stage, shortest: .milliseconds(300)) { watch in
            for number in 1...3 { _ = try await accept("fail", "w-\(number)", in: inbox) }
            try await until { news.words == ["paused obedient"] }
            var ids: [String] = []
            for number in 4...9 { ids.append(try await accept("wait on stage", "w-\(number)", in: inbox)) }
            for await _ in stage.arrivals { break }
            #expect(watch.paused.map(\.isProbing) == [true])
            // Others are ready, slots are free, and the pool has looked for more.
            let looks = inbox.claimed
            try await until { inbox.claimed >= looks + 3 }
            #expect(stage.most == 1)
            stage.letOneGo()
            try await until { stage.visits == 5 || stage.visits == 6 }
            #expect(watch.paused.isEmpty)
            try await until { news.words == ["paused obedient", "resumed obedient"] }
            while try await states(ids, in: inbox).contains(where: { $0 != .done }) {
                stage.letOneGo()
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    @Test func `resuming by hand lets everything run`() async throws {
        let inbox = MemoryInbox()
        try await withPool(on: inbox, shortest: .seconds(3600)) { watch in
            for number in 1...3 { _ = try await accept("fail", "w-\(number)", in: inbox) }
            try await until { news.words == ["paused obedient"] }
            let id = try await accept("finish", "w-4", in: inbox)
            #expect(!watch.resume("nobody"))
            #expect(watch.resume("obedient"))
            #expect(!watch.resume("obedient"))
            try await until { try await states([id], in: inbox) == [.done] }
            #expect(news.words == ["paused obedient", "resumed obedient"])
        }
    }

    @Test func `a provider that asks to wait pauses no handler`() async throws {
        let inbox = MemoryInbox()
        try await withPool(on: inbox, shortest: .seconds(3600)) { watch in
            var ids: [String] = []
            for number in 1...8 { ids.append(try await accept("ask", "w-\(number)", in: inbox)) }
            try await until { try await states(ids, in: inbox).allSatisfy { $0 == .waiting } }
            #expect(watch.paused.isEmpty)
        }
    }

    @Test func `what a handler decides pauses nothing`() async throws {
        let inbox = MemoryInbox()
        try await withPool(on: inbox, shortest: .seconds(3600)) { watch in
            var ids: [String] = []
            for number in 1...8 { ids.append(try await accept("hold", "w-\(number)", in: inbox)) }
            try await until { try await states(ids, in: inbox).allSatisfy { $0 == .held } }
            #expect(watch.paused.isEmpty)
        }
    }
}

/// What a watch told.
private final class News: Sendable {
    private let told = Mutex<[String]>([])

    var words: [String] { told.withLock { $0 } }

    func add(_ news: HandlerWatch.News) {
        told.withLock { told in
            switch news {
            case .paused(let paused): told.append("paused \(paused.handlerID)")
            case .resumed(let id): told.append("resumed \(id)")
            }
        }
    }
}
