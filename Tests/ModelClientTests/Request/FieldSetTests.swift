import Testing
import Vocabulary

@testable import ModelClient

/// Which fields each dialect gets from a call that makes use of all of them.
struct FieldSetTests {
    private var call: ModelCall {
        var call = ModelCall.sample(.mood())
        call.tools = [.sample]
        call.toolChoice = .required
        call.seed = 7
        call.streaming = Streaming()
        call.user = "shop-7f3a"
        call.metadata = ["event_id": "1"]
        call.labels = ["shop": "a.example.com"]
        call.reference = "event-1"
        return call
    }

    private static let common = [
        "messages", "model", "response_format", "seed", "stream", "temperature", "tool_choice", "tools",
    ]

    @Test(
        arguments: [
            (.openRouter, ["max_tokens", "metadata", "plugins", "provider", "reasoning", "user"]),
            (.openAI, ["max_completion_tokens", "reasoning_effort", "stream_options", "user"]),
            (.liteLLM, ["max_tokens", "reasoning_effort", "stream_options", "user"]),
            (.ollama, ["max_tokens", "reasoning_effort", "stream_options"]),
            (.vLLM, ["max_tokens", "reasoning_effort", "stream_options"]),
            (.llamaCpp, ["max_tokens", "reasoning_effort", "stream_options"]),
            (.compatible, ["max_tokens", "reasoning_effort", "stream_options"]),
        ] as [(Provider.Dialect, [String])])
    func `sends a dialect what it knows and nothing else`(dialect: Provider.Dialect, own: [String]) throws {
        let body = try RequestEncoder.sample(dialect) { $0.reasoningEffort = "low" }.json(for: call)
        #expect(body.members?.keys.sorted() == (Self.common + own).sorted())
    }

    @Test func `asks every server but OpenRouter for the usage of a stream`() throws {
        #expect(try RequestEncoder.sample(.openAI).json(for: call)["stream_options"] == ["include_usage": true])
        #expect(try RequestEncoder.sample(.openRouter).json(for: call)["stream"] == true)
        #expect(try RequestEncoder.sample(.openAI).json(for: .sample())["stream"] == nil)
    }

    @Test func `sends reasoning effort in the dialect's form`() throws {
        let openRouter = RequestEncoder.sample(.openRouter) { $0.reasoningEffort = "minimal" }
        #expect(try openRouter.json(for: .sample())["reasoning"] == ["effort": "minimal"])
        let other = RequestEncoder.sample(.vLLM) { $0.reasoningEffort = "minimal" }
        #expect(try other.json(for: .sample())["reasoning_effort"] == "minimal")
    }

    @Test func `sends metadata within OpenRouter's limits, and never labels`() throws {
        var call = ModelCall.sample()
        call.labels = ["shop": "a.example.com"]
        #expect(try RequestEncoder.sample(.openRouter).json(for: call)["metadata"] == nil)
        call.metadata = Dictionary(
            uniqueKeysWithValues: (10..<30).map { ("name\($0)", String(repeating: "x", count: 600)) })
        call.metadata[""] = "nameless"
        call.metadata[String(repeating: "a", count: 70)] = "e" + String(repeating: "\u{301}", count: 1000)
        let metadata = try #require(try RequestEncoder.sample(.openRouter).json(for: call)["metadata"]?.members)
        #expect(metadata.count == 16)
        #expect(metadata["name10"]?.string?.count == 512)
        #expect(metadata[String(repeating: "a", count: 64)]?.string?.unicodeScalars.count == 512)
        #expect(metadata[""] == nil)
    }

    @Test(arguments: [(nil, nil), ("", nil), (" \n", nil), ("shop-7f3a", "shop-7f3a")] as [(String?, JSONValue?)])
    func `sends a user only if there is one`(user: String?, expected: JSONValue?) throws {
        var call = ModelCall.sample()
        call.user = user
        #expect(try RequestEncoder.sample(.openAI).json(for: call)["user"] == expected)
    }

    @Test func `bounds the user`() throws {
        var call = ModelCall.sample()
        call.user = String(repeating: "u", count: 10_000)
        #expect(try RequestEncoder.sample(.openRouter).json(for: call)["user"]?.string?.count == 128)
    }
}
