import Bellhop
import Foundation
import InboxCore
import Synchronization
import Testing

@testable import Workers

@Suite struct EventGuardsTests {
    private func digests(_ fields: [String: JSONValue]) -> [String: Data] {
        fields.compactMapValues { FieldDigest.of($0) }
    }

    @Test func `an event that shows just what we wrote is an echo, whatever the order of its keys`() {
        let guarding = EchoGuard(fields: ["tags", "address"])
        let written = digests(["tags": "a, b", "address": ["zip": "1", "city": "x"]])
        let body = { (text: String) in Data(text.utf8) }
        #expect(
            guarding.isEcho(
                body(#"{"id": 1, "address": {"city": "x", "zip": "1"}, "tags": "a, b", "note": "new"}"#),
                written: written))
        for other in [
            #"{"address": {"city": "x", "zip": "1"}, "tags": "a, b, c"}"#, #"{"tags": "a, b"}"#,
            #"{"address": {"city": "x", "zip": 1}, "tags": "a, b"}"#, #"["tags"]"#, "{", "",
        ] {
            #expect(!guarding.isEcho(body(other), written: written), "\(other)")
        }
    }

    @Test func `a field that we never wrote makes it no echo`() {
        let guarding = EchoGuard(fields: ["tags", "note"])
        #expect(!guarding.isEcho(Data(#"{"tags": "a", "note": "n"}"#.utf8), written: digests(["tags": "a"])))
        #expect(!EchoGuard(fields: []).isEcho(Data("{}".utf8), written: [:]))
    }

    private func claim(_ body: String, resource: String?) throws -> Claim {
        var claim = try Fixture.claim(body)
        claim.delivery.resource = resource
        return claim
    }

    private func run(
        _ claim: Claim, guards: EventGuards, echo: EchoGuard? = nil, limit: LoopLimit = LoopLimit()
    ) async throws -> JobResult.Outcome {
        var table = HandlerTable()
        table.bind(
            try RegisteredHandler(
                Obedient.self, terms: SubscriptionTerms(echoGuard: echo, loopLimit: limit)), to: claim.delivery.topic)
        let runner = Fixture.runner(ScriptedModels([]), table: table, guards: guards)
        return try await runner.run(claim).outcome
    }

    @Test func `an echo is skipped without its handler, everything else runs`() async throws {
        let written = digests(["order": "finish"])
        let guards = EventGuards(lastWrites: { resource, _, _ in resource == "Order/1" ? written : [:] })
        let echo = EchoGuard(fields: ["order"])
        let body = #"{"order":"finish"}"#

        let skipped = try await run(claim(body, resource: "Order/1"), guards: guards, echo: echo)
        guard case .skipped(let reason) = skipped else {
            Issue.record("\(skipped)")
            return
        }
        #expect(reason == "echo of our own write")
        for (claim, echo) in [
            (try claim(body, resource: "Order/2"), echo), (try claim(body, resource: nil), echo),
            (try claim(#"{"order":"nothing"}"#, resource: "Order/1"), echo),
            (try claim(body, resource: "Order/1"), nil),
        ] {
            guard case .done = try await run(claim, guards: guards, echo: echo) else {
                Issue.record("\(claim.delivery.body)")
                continue
            }
        }
    }

    @Test func `when the writes cannot be read the handler runs`() async throws {
        let guards = EventGuards(lastWrites: { _, _, _ in throw InboxError(.storage, "gone") })
        let outcome = try await run(
            claim(#"{"order":"finish"}"#, resource: "Order/1"), guards: guards, echo: EchoGuard(fields: ["order"]))
        guard case .done = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `runs that want effects over and over are held`() async throws {
        let told = Told()
        let guards = EventGuards(loops: LoopGuard { told.add($0) })
        let limit = LoopLimit(runs: 3, window: .seconds(600))
        let wanting = try claim(#"{"order":"finish"}"#, resource: "Order/1")
        for _ in 1...3 {
            guard case .done = try await run(wanting, guards: guards, limit: limit) else {
                Issue.record("held too early")
                return
            }
        }
        _ = try await run(wanting, guards: guards, limit: limit)
        let held = try await run(wanting, guards: guards, limit: limit)
        guard case .held(let reason) = held else {
            Issue.record("\(held)")
            return
        }
        #expect(reason.hasPrefix("looks like a loop: 3 runs in 10 minutes"))
        #expect(told.sentences.count == 1)
        #expect(told.sentences.first?.contains("3 runs in 10 minutes for Order/1") == true)
    }

    @Test(arguments: ["orders/create", "returns/request"] as [Topic])
    func `what no effect can bring about is no loop`(topic: Topic) async throws {
        let guards = EventGuards(loops: LoopGuard { _ in Issue.record("no loop") })
        var wanting = try claim(#"{"order":"finish"}"#, resource: "Order/1")
        wanting.delivery.topic = topic
        for _ in 1...8 {
            guard case .done = try await run(wanting, guards: guards, limit: LoopLimit(runs: 2)) else {
                Issue.record("held")
                return
            }
        }
    }

    @Test func `runs that want nothing are no loop`() async throws {
        let guards = EventGuards(loops: LoopGuard { _ in Issue.record("no loop") })
        for _ in 1...8 {
            let outcome = try await run(
                claim(#"{"order":"nothing"}"#, resource: "Order/1"), guards: guards,
                limit: LoopLimit(runs: 2))
            guard case .done = outcome else {
                Issue.record("\(outcome)")
                return
            }
        }
    }
}

/// What people were told.
private final class Told: Sendable {
    private let state = Mutex<[String]>([])

    var sentences: [String] { state.withLock { $0 } }

    func add(_ sentence: String) {
        state.withLock { $0.append(sentence) }
    }
}
