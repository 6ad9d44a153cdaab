import Bellhop
import Foundation
import Synchronization

/// A handler that does what its payload says, so that a test can write a job's fate into its body.
struct Obedient: WebhookHandler {
    static let id = "obedient"
    static let topics: [Topic] = ["tests/run"]
    static let routing = Routing(.highVolume, task: .classification)
    static let effects: Set<Effect.Kind> = [.tag, .post]
    var destinations: Set<String> { ["erp"] }

    struct Orders: Decodable, Sendable {
        var order: String
        var text: String?
    }

    struct Settings: Decodable, Sendable {
        /// The stage that the handler reports to and waits on.
        var stage: String?
    }

    struct Verdict: ModelAnswer, Equatable {
        var label: String
        static let schema: Schema = .object(["label": .string(oneOf: ["good", "bad"])])
    }

    struct Mishap: Error {
        var customerWords: String
    }

    private let stage: Stage?

    init(settings: Settings) throws {
        stage = settings.stage.flatMap(Stage.named)
    }

    func handle(_ event: Event<Orders>, in context: Context) async throws -> [Effect] {
        let order = ResourceID.order(1)
        switch event.payload.order {
        case "finish": return [.tag(order, ["done"])]
        case "tell whether stale": return [.tag(order, [event.isStale ? "stale" : "fresh"])]
        case "ask":
            let verdict = try await context.ask(
                for: Verdict.self, "Judge it.", about: ["text": .string(event.payload.text ?? "")])
            return [.tag(order, [verdict.label])]
        case "ask twice":
            async let first = context.ask(for: Verdict.self, "One.", about: [:], step: "one")
            async let second = context.ask(for: Verdict.self, "Two.", about: [:], step: "two")
            return [.tag(order, [try await first.label, try await second.label])]
        case "ask two at once under one name":
            try await withThrowingTaskGroup(of: Void.self) { group in
                for words in ["One.", "Two."] {
                    group.addTask { _ = try await context.ask(for: Verdict.self, words, about: [:]) }
                }
                // Unlike waitForAll this ends, and cancels the other, with the first error.
                for try await _ in group {}
            }
            return []
        case "ask three":
            let labels = [
                try await context.ask(for: Verdict.self, "One.", about: ["text": .string(event.payload.text ?? "")]),
                try await context.ask(for: Verdict.self, "Two.", about: [:]),
                try await context.ask(for: Verdict.self, "Three.", about: [:], step: "last"),
            ].map(\.label)
            return [.tag(order, labels)]
        case "ask something new":
            _ = try await context.ask(for: Verdict.self, "Attempt \(event.attempt).", about: [:])
            _ = try await context.ask(for: Verdict.self, "Then.", about: [:], step: "then")
            return []
        case "ask, then fail":
            _ = try await context.ask(for: Verdict.self, "Judge it.", about: [:])
            throw Mishap(customerWords: "zoe@example.com")
        case "ask for a good one":
            let verdict = try await context.ask(for: Verdict.self, "Judge it.", about: [:]) {
                $0.label == "good" ? [] : ["is not good"]
            }
            return [.tag(order, [verdict.label])]
        case "ask for ever":
            while true {
                _ = try await context.ask(for: Verdict.self, "Again.", about: [:])
            }
        case "ask whatever happens":
            for _ in 0..<50 {
                _ = try? await context.ask(for: Verdict.self, "Again.", about: [:])
            }
            return []
        case "ask, then wait on stage":
            _ = try await context.ask(for: Verdict.self, "Judge it.", about: [:])
            try await stage?.perform(event.id)
            return []
        case "hold": throw HandlerError.hold("a person should look")
        case "hold with a number": throw HandlerError.hold("order \(event.payload.text ?? "") is odd")
        case "later": throw HandlerError.retry(after: .seconds(90), "not yet")
        case "fail": throw Mishap(customerWords: "zoe@example.com")
        case "overstep": return [.note(order, "not declared")]
        case "ask, or make do":
            let verdict = try? await context.ask(for: Verdict.self, "Judge it.", about: [:])
            return [.tag(order, [verdict?.label ?? "made do"])]
        case "wait for what never comes":
            let never = AsyncStream<Void> { _ in }
            for await _ in never {}
            return []
        case "ignore the cancellation":
            await stage?.performToTheEnd(event.id)
            _ = try? await context.ask(for: Verdict.self, "Judge it.", about: [:])
            return []
        case "post what cannot be read back":
            return [.post(Effect.Post(to: "erp", .array([.number(.nan)])))]
        case "post the body":
            return [
                .post(
                    Effect.Post(to: "erp", ["payload": try JSONValue(parsing: Data((event.payload.text ?? "").utf8))]))
            ]
        case "tell its time and lot on stage":
            var lot = context.randomness(for: "lot")
            let told = "\(context.now.timeIntervalSince1970) \(lot.next())"
            try await stage?.perform(told)
            return [.tag(order, [told])]
        case "post what sets the tags":
            let write = Effect.Write(order, ["tags": .string(event.payload.text ?? "")])
            return [.post(Effect.Post(to: "erp", [:], writes: [write]))]
        case "wait on stage":
            try await stage?.perform(event.id)
            return []
        default: return []
        }
    }
}

/// Where handlers meet their test: they report that they run, and wait until they are let go.
final class Stage: Sendable {
    private static let stages = Mutex<[String: Stage]>([:])

    let name = UUID().uuidString
    let arrivals: AsyncStream<String>
    private let arrival: AsyncStream<String>.Continuation
    /// Tells of those that stayed to the end.
    let leavings: AsyncStream<Void>
    private let left: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    private struct State {
        var present = 0
        var most = 0
        /// Each visitor waits on a stream of its own: a stream ends with the first task that is cancelled on it.
        var waiting: [(visitor: Int, opener: AsyncStream<Void>.Continuation)] = []
        var visitors = 0
    }

    init() {
        (arrivals, arrival) = AsyncStream.makeStream()
        (leavings, left) = AsyncStream.makeStream()
        Self.stages.withLock { $0[name] = self }
    }

    static func named(_ name: String) -> Stage? {
        stages.withLock { $0[name] }
    }

    /// The most handlers that were here at once.
    var most: Int { state.withLock { $0.most } }

    /// How many handlers came here.
    var visits: Int { state.withLock { $0.visitors } }

    /// Lets the handler go that has waited longest.
    func letOneGo() {
        state.withLock { $0.waiting.first }?.opener.finish()
    }

    /// Waits until it is let go, whoever cancels it.
    func performToTheEnd(_ id: String) async {
        await Task { try? await perform(id) }.value
        left.yield()
    }

    func perform(_ id: String) async throws {
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let visitor = state.withLock { state in
            state.present += 1
            state.most = max(state.most, state.present)
            state.visitors += 1
            state.waiting.append((state.visitors, opener))
            return state.visitors
        }
        defer {
            state.withLock { state in
                state.present -= 1
                state.waiting.removeAll { $0.visitor == visitor }
            }
        }
        arrival.yield(id)
        for await _ in gate {}
        try Task.checkCancellation()
    }
}
