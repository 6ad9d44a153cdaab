import Bellhop
import Console
import Foundation
import HTTPCore
import InboxCore
import Logging
import ServiceTestSupport
import Synchronization
import Testing

@Suite("The workers at the private door", .timeLimit(.minutes(5)))
struct WorkerDeskTests {
    private static let pause = HandlerStatus.Pause(
        handlerID: "greeter", reason: "the handler threw Mishap", fingerprint: "00000000000000aa",
        since: ShelfInbox.receivedAt, until: ShelfInbox.receivedAt + 60, isProbing: false)

    private static let runs = [
        RehearsedRun(
            handlerID: "greeter", state: .done, reason: nil, effects: [.tag(.order(1), ["a"])],
            calls: [
                CallRecord(
                    step: "Mood", routingClass: .highVolume, task: .reviewSentiment, model: "small", isFallback: false,
                    attempts: [], startedAt: ShelfInbox.receivedAt, milliseconds: 3, cost: .cents(1), unknownCosts: 0,
                    premiumCost: nil, promptTokens: 1, completionTokens: 1, journal: .recorded)
            ])
    ]

    /// What the desk was told to do.
    private final class Log: Sendable {
        let rehearsals = Mutex<[String]>([])
    }

    private func open(_ log: Log = Log(), _ body: (RunningConsole) async throws -> Void) async throws {
        let desk = WorkerDesk(
            pauses: { [Self.pause] }, resume: { $0 == "greeter" },
            rehearse: { id, source, handlerID in
                log.rehearsals.withLock { $0.append("\(id) \(source.rawValue) \(handlerID ?? "all")") }
                if id == "none" { throw InboxError.noDelivery }
                return handlerID == "stranger" ? [] : Self.runs
            })
        try await RunningConsole.open(workers: desk, body)
    }

    @Test("Handlers are listed with their topics and their pauses")
    func handlers() async throws {
        try await open { console in
            let handlers = try await console.client().handlers()
            #expect(
                handlers == [
                    HandlerStatus(id: "greeter", boundTopics: ["orders/create"], pause: Self.pause),
                    HandlerStatus(id: "order-created", boundTopics: ["orders/create"], pause: nil),
                ])
        }
    }

    @Test("A paused handler can be resumed, another cannot")
    func resume() async throws {
        try await open { console in
            try await console.client().resume(handler: "greeter")
            for (id, code) in [("order-created", AdminClientError.Code.conflict), ("nobody", .notFound)] {
                let error = await #expect(throws: AdminClientError.self) {
                    try await console.client().resume(handler: id)
                }
                #expect(error?.code == code)
            }
        }
    }

    @Test("An error that nobody thought of is logged by its type, and told to nobody")
    func unexpected() async throws {
        struct Oops: Error { var text = "zoe@example.com" }
        let log = RecordingLog()
        let desk = WorkerDesk(pauses: { [] }, resume: { _ in false }, rehearse: { _, _, _ in throw Oops() })
        try await RunningConsole.open(workers: desk, log: log) { console in
            let response = try await console.send(.post, "/api/events/a/rehearsal?source=recorded")
            #expect(response.status == 500)
            #expect(!String(decoding: response.body, as: UTF8.self).contains("zoe"))
        }
        let lines = log.lines(.error)
        #expect(lines.map(\.message) == ["a request to the private door failed"])
        #expect(lines.first?.metadata["error"] == "Oops")
        #expect(lines.first?.metadata["route"]?.contains("rehearsal") == true)
    }

    @Test("A rehearsal says what it was asked for and what came of it")
    func rehearse() async throws {
        let log = Log()
        try await open(log) { console in
            let client = console.client()
            let recorded = try await client.rehearse("a", from: .recorded, handlerID: "greeter")
            let asked = try await client.rehearse("a/b?", from: .models)
            #expect(recorded == Self.runs && asked == Self.runs)
            let missing = await #expect(throws: AdminClientError.self) {
                try await client.rehearse("none", from: .models)
            }
            #expect(missing?.code == .notFound)
            let strange = await #expect(throws: AdminClientError.self) {
                try await client.rehearse("a", from: .models, handlerID: "stranger")
            }
            #expect(strange?.code == .conflict)
        }
        #expect(
            log.rehearsals.withLock { $0 }.prefix(3)
                == ["a recorded greeter", "a%2Fb%3F models all", "none models all"])
    }

    @Test("A rehearsal from nowhere is refused", arguments: ["source=guess", "source="])
    func strangeSource(query: String) async throws {
        try await open { console in
            let response = try await console.send(.post, "/api/events/a/rehearsal?\(query)")
            #expect(response.status == 400)
        }
    }

    @Test("Without workers there is no rehearsal, and no handler is paused")
    func noWorkers() async throws {
        try await RunningConsole.open { console in
            let handlers = try await console.client().handlers()
            #expect(handlers.map(\.pause) == [nil, nil])
            let error = await #expect(throws: AdminClientError.self) {
                try await console.client().rehearse("a", from: .models)
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test("A retry keeps the recorded answers unless it is to be anew")
    func anew() async throws {
        let inbox = ShelfInbox()
        try await RunningConsole.open(inbox: inbox) { console in
            _ = try await console.client().retry("a")
            #expect(inbox.retriedAnew.isEmpty)
            _ = try await console.client().retry("a", anew: true)
            #expect(inbox.retriedAnew == ["a"])
            let response = try await console.send(.post, "/api/events/a/retry?anew=perhaps")
            #expect(response.status == 400)
        }
    }
}
