import HTTPCore
import ModelStandIn
import Testing

@testable import ModelClient

/// Over libcurl and a real connection.
@Suite(.timeLimit(.minutes(5)))
struct LoopbackTests {
    /// What comes of a request for a stream, and what its caller hears.
    private func exchange(_ response: RawResponse) async throws -> (ResponseReading, [Streaming.Event]) {
        let standIn = StandInConfiguration(faults: [FaultRule(model: "first", fault: .raw(response))])
        return try await StandInStage.with(standIn) { stage in
            let model = try #require(stage.client.configuration.model(named: "first"))
            let provider = try #require(stage.client.configuration.provider(named: model.provider))
            let encoder = RequestEncoder(model: model, provider: provider)
            let request = encoder.request(
                body: try encoder.body(for: .sample()), limits: .init(total: .seconds(50)), isStreamed: true)
            let heard = Shared<[Streaming.Event]>([])
            let reading = try await Exchange(transport: stage.client.transport, time: .system)
                .perform(
                    request, streaming: Streaming(onEvent: { event in heard.change { $0.append(event) } }),
                    model: "first")
            return (reading, heard.change { $0 })
        }
    }

    @Test func `reads a stream`() async throws {
        let chunks = [
            StreamAssemblerTests.hello, StreamAssemblerTests.world, StreamAssemblerTests.stop,
            StreamAssemblerTests.done,
        ]
        let (reading, events) = try await exchange(
            RawResponse(
                status: 200, headers: ["Content-Type": "text/event-stream"],
                body: ": OPENROUTER PROCESSING\n\n" + chunks.map { "data: \($0)\n\n" }.joined()))
        #expect(reading.result == .success(Completion(text: "Hello", isCutOff: false)))
        #expect(reading.generationID == "gen-1")
        #expect(events == [.began(model: "first"), .text("Hel"), .text("lo")])
    }

    @Test func `reads an error in place of a stream`() async throws {
        let (reading, events) = try await exchange(
            RawResponse(
                status: 402, headers: ["Content-Type": "application/json"],
                body: #"{"error":{"code":402,"message":"m"}}"#))
        #expect(reading.status == 402)
        // From the header, which the stand-in adds to every response.
        #expect(reading.generationID?.hasPrefix("gen-") == true)
        guard case .failure(let signal) = reading.result else {
            Issue.record("an error was read as an answer")
            return
        }
        #expect(signal.kind == .quotaExceeded)
        #expect(events == [])
    }
}
