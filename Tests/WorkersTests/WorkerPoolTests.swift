import Bellhop
import Foundation
import HTTPCore
import InboxCore
import Logging
import ModelClient
import ServiceLifecycle
import Synchronization
import Testing
import Workers

@Suite(.timeLimit(.minutes(5))) struct WorkerPoolTests {
    /// Runs a pool on an inbox while `body` runs, then stops it gracefully.
    private func withPool(
        on inbox: any Inbox, stage: Stage? = nil, concurrency: Int = 4, lease: Duration = .seconds(60),
        drain: Duration = .seconds(60),
        time: TimeSource = .system, builtIns: HandlerRunner.BuiltIns = [:], _ body: (ServiceGroup) async throws -> Void
    ) async throws {
        let runner = Fixture.runner(
            ScriptedModels([]), table: try Fixture.table(stage: stage), bounds: EventBounds(grace: .milliseconds(50)),
            builtIns: builtIns, now: { Date() })
        let pool = WorkerPool(
            configuration: .init(concurrency: concurrency, lease: lease, drain: drain, poll: .seconds(1)),
            inbox: inbox,
            runner: { runner },
            logger: Logger(label: "test"), time: time)
        let services = ServiceGroup(services: [pool], logger: Logger(label: "test"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            try await body(services)
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

    /// Waits for a state; the suite's time limit is the deadline.
    private func state(_ name: JobState.Name, of id: String, in inbox: any Inbox) async throws {
        while try await inbox.detail(of: id)?.jobs.first?.summary.state != name {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func whatIsAcceptedWhileThePoolRunsIsHandled() async throws {
        let inbox: any Inbox = MemoryInbox()
        try await withPool(on: inbox) { _ in
            let id = try await accept("finish", "w-1", in: inbox)
            try await state(.done, of: id, in: inbox)
            let job = try #require(try await inbox.detail(of: id)?.jobs.first)
            #expect(job.effects.map(\.effect) == [.tag(.order(1), ["done"])])
        }
    }

    @Test func whatWaitedBeforeThePoolRanIsHandled() async throws {
        let inbox: any Inbox = MemoryInbox()
        let id = try await accept("finish", "w-1", in: inbox)
        try await withPool(on: inbox) { _ in
            try await state(.done, of: id, in: inbox)
        }
    }

    @Test func noMoreJobsRunAtOnceThanAllowed() async throws {
        let inbox: any Inbox = MemoryInbox()
        let stage = Stage()
        var ids: [String] = []
        for number in 1...6 {
            ids.append(try await accept("wait on stage", "w-\(number)", in: inbox))
        }
        try await withPool(on: inbox, stage: stage, concurrency: 2) { _ in
            var arrivals = stage.arrivals.makeAsyncIterator()
            for _ in ids {
                guard let id = await arrivals.next() else { break }
                stage.letOneGo()
                try await state(.done, of: id, in: inbox)
            }
        }
        #expect(stage.most <= 2)
    }

    @Test func stoppingLetsAJobFinish() async throws {
        let inbox: any Inbox = MemoryInbox()
        let stage = Stage()
        let id = try await accept("wait on stage", "w-1", in: inbox)
        try await withPool(on: inbox, stage: stage) { services in
            for await _ in stage.arrivals { break }
            await services.triggerGracefulShutdown()
            stage.letOneGo()
        }
        #expect(try await inbox.detail(of: id)?.jobs.first?.summary.state == .done)
    }

    @Test func whatDoesNotFinishInTimeIsGivenBackWithoutUsingUpAnAttempt() async throws {
        let inbox: any Inbox = MemoryInbox()
        let stage = Stage()
        let id = try await accept("wait on stage", "w-1", in: inbox)
        try await withPool(on: inbox, stage: stage, drain: .milliseconds(50)) { _ in
            for await _ in stage.arrivals { break }
        }
        let job = try #require(try await inbox.detail(of: id)?.jobs.first)
        #expect(job.summary.state == .ready)
        #expect(job.summary.attempts == 0)
    }

    @Test func anOutcomeThatCannotBeStoredIsKeptUntilItCan() async throws {
        let store = MemoryInbox()
        let stage = Stage()
        let id = try await accept("wait on stage", "w-1", in: store)
        let inbox = WatchedInbox(
            store, onFinish: { count in if count < 3 { throw InboxError(.storage, "the disk is full") } })
        try await withPool(on: inbox, stage: stage) { _ in
            for await _ in stage.arrivals { break }
            stage.letOneGo()
            try await state(.done, of: id, in: inbox)
        }
        #expect(inbox.finished == 3)
        #expect(stage.visits == 1)
    }

    @Test func aHandlerThatIgnoresItsCancellationDoesNotKeepThePoolFromStopping() async throws {
        let inbox: any Inbox = MemoryInbox()
        let stage = Stage()
        let id = try await accept("ignore the cancellation", "w-1", in: inbox)
        try await withPool(on: inbox, stage: stage, drain: .milliseconds(50)) { _ in
            for await _ in stage.arrivals { break }
        }
        let job = try #require(try await inbox.detail(of: id)?.jobs.first)
        #expect(job.summary.state == .ready)
        #expect(job.summary.attempts == 0)
        stage.letOneGo()
    }

    @Test func aBuiltInThatThrowsGivesTheJobBack() async throws {
        let inbox: any Inbox = MemoryInbox()
        let runs = Mutex(0)
        let builtIn: HandlerRunner.BuiltIns = [
            "obedient": { _ async throws(CancellationError) in
                let run = runs.withLock { count in
                    count += 1
                    return count
                }
                guard run > 1 else { throw CancellationError() }
                return .done(effects: [])
            }
        ]
        let id = try await accept("finish", "w-1", in: inbox)
        try await withPool(on: inbox, builtIns: builtIn) { _ in try await state(.done, of: id, in: inbox) }
        #expect(runs.withLock { $0 } == 2)
        #expect(try await inbox.detail(of: id)?.jobs.first?.summary.attempts == 1)
    }

    @Test func aPoolThatStopsTakesNothingNew() async throws {
        let inbox: any Inbox = MemoryInbox()
        let stage = Stage()
        let first = try await accept("wait on stage", "w-1", in: inbox)
        var late: [String] = []
        let time = ManualTime()
        try await withPool(on: inbox, stage: stage, drain: .seconds(50), time: time.source) { services in
            for await _ in stage.arrivals { break }
            await services.triggerGracefulShutdown()
            await time.hasSleeper(for: .seconds(50))
            // Slots are free, and the job on stage holds the drain.
            late.append(try await accept("finish", "w-2", in: inbox))
            stage.letOneGo()
            try await state(.done, of: first, in: inbox)
        }
        #expect(try await inbox.detail(of: late[0])?.jobs.first?.summary.state == .ready)
    }

    @Test func anOutcomeThatAWorkingInboxDoesNotTakeHoldsTheJob() async throws {
        let store = MemoryInbox()
        let id = try await accept("finish", "w-1", in: store)
        let inbox = WatchedInbox(
            store, onFinish: { count in if count == 1 { throw InboxError(.conflict, "it cannot be written") } })
        try await withPool(on: inbox) { _ in try await state(.held, of: id, in: inbox) }
        let job = try #require(try await inbox.detail(of: id)?.jobs.first)
        #expect(job.summary.reason == "its outcome cannot be recorded: conflict: it cannot be written")
        #expect(inbox.finished == 2)
    }

    @Test func aWorkerWhoseLeaseIsLostRecordsNothing() async throws {
        let inbox = WatchedInbox(MemoryInbox(), losesLeases: true)
        let stage = Stage()
        let id = try await accept("wait on stage", "w-1", in: inbox)
        try await withPool(on: inbox, stage: stage, concurrency: 1, lease: .milliseconds(300)) { services in
            var arrivals = stage.arrivals.makeAsyncIterator()
            _ = await arrivals.next()
            // The handler is cancelled at the first beat; the job comes back when the lease has run out.
            _ = await arrivals.next()
            await services.triggerGracefulShutdown()
        }
        #expect(try await inbox.detail(of: id)?.jobs.first?.summary.state != .done)
        #expect(inbox.finished == 0)
    }
}
