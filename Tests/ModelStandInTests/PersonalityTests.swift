import BellhopTesting
import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct PersonalityTests {
    private static let others = Personality.allCases.filter { $0 != .openRouter }

    private func meet(
        _ personality: Personality, _ fault: Fault? = nil, asking request: JSONValue = StandInFixture.request(),
        reasoning: String? = nil, adjust: (inout StandInConfiguration) -> Void = { _ in }
    ) async throws -> RawHTTPResponse {
        let answer = CannedAnswer(answer: "verdict", reply: ["label": "good"], reasoning: reasoning)
        var configuration = StandInConfiguration(
            personality: personality, answers: CannedAnswers([answer]), prices: try StandInFixture.prices(),
            faults: fault.map { [FaultRule(model: "*", fault: $0)] } ?? [])
        adjust(&configuration)
        return try await StandInFixture.with(configuration) { try await $0.ask(request) }
    }

    @Test(arguments: others)
    func `other servers tell no cost and no upstream`(personality: Personality) async throws {
        let response = try await meet(personality)
        let json = try response.json()
        #expect(try response.content() == #"{"label":"good"}"#)
        #expect(json["usage"]?["completion_tokens"] == 4)
        #expect(json["usage"]?["cost"] == nil)
        #expect(json["provider"] == nil)
        #expect(json["choices"]?[0]?["native_finish_reason"] == nil)
        #expect(response.header("X-Generation-Id") == nil)
        #expect(response.header("x-litellm-response-cost") == (personality == .liteLLM ? "0.0000095" : nil))
    }

    @Test(arguments: others)
    func `other servers tell the usage of a stream when asked`(personality: Personality) async throws {
        let silent = try await meet(personality, asking: StandInFixture.streamRequest()).events()
        #expect(silent.content == #"{"label":"good"}"#)
        #expect(silent.isDone)
        #expect(silent.usages.isEmpty)
        #expect(silent.comments.isEmpty)
        let request = StandInFixture.streamRequest(extra: ["stream_options": ["include_usage": true]])
        let stream = try await meet(personality, asking: request).events()
        #expect(stream.usages.map(\.place) == [5])
        #expect(stream.chunks[5]["choices"] == [])
        #expect((stream.chunks[0]["usage"] == .null) == (personality == .openAI))
    }

    @Test(arguments: others)
    func `other servers have no prices and no account`(personality: Personality) async throws {
        let configuration = StandInConfiguration(personality: personality, prices: try StandInFixture.prices())
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let model = try #require(try await standIn.get("/v1/models").json()["data"]?[0])
            #expect(model["id"]?.string == StandInFixture.model)
            #expect(model["pricing"] == nil)
            #expect(try await standIn.get("/v1/key").status == 404)
            #expect(try await standIn.get("/v1/generation?id=gen-1").status == 404)
            // The bill knows all the same.
            _ = try await standIn.ask(StandInFixture.request())
            #expect(standIn.bill.statement.cost == USD(nanos: 9_500))
        }
    }

    @Test(
        arguments: [
            (.openAI, ["type": "requests", "param": .null, "code": "rate_limit_exceeded"]),
            (.ollama, ["type": "api_error", "param": .null, "code": .null]),
            (.vLLM, ["type": "RateLimitError", "param": .null, "code": 429]),
            (.llamaCpp, ["type": "server_error", "code": 429]),
            (.liteLLM, ["type": "throttling_error", "param": "None", "code": "429"]),
            (.openRouter, ["code": 429, "metadata": ["error_type": "rate_limit_exceeded"]]),
        ] as [(Personality, JSONValue)])
    func `each writes its errors in its own shape`(personality: Personality, shape: JSONValue) async throws {
        let response = try await meet(personality, .rateLimited(retryAfter: "7"))
        #expect(response.status == 429)
        #expect(response.header("Retry-After") == "7")
        var members = try #require(try response.json()["error"]?.members)
        #expect(members.removeValue(forKey: "message") == "Rate limit exceeded")
        #expect(.object(members) == shape)
    }

    @Test func `OpenAI refuses what it does not know`() async throws {
        let request = StandInFixture.request(extra: ["provider": [:]])
        for personality in Personality.allCases where personality != .openAI {
            #expect(try await meet(personality, asking: request).status == 200)
        }
        let response = try await meet(.openAI, asking: request)
        #expect(response.status == 400)
        #expect(
            try response.json() == [
                "error": [
                    "message": "Unrecognized request argument supplied: provider", "type": "invalid_request_error",
                    "param": .null, "code": .null,
                ]
            ])
    }

    @Test func `OpenAI's reasoning models refuse max_tokens`() async throws {
        func status(_ request: JSONValue, models: Set<String>) async throws -> RawHTTPResponse {
            try await meet(.openAI, asking: request) { $0.reasoningModels = models }
        }
        let refused = try await status(StandInFixture.request(), models: [StandInFixture.model])
        #expect(refused.status == 400)
        #expect(try refused.json()["error"]?["code"] == "unsupported_parameter")
        #expect(try refused.json()["error"]?["param"] == "max_tokens")
        #expect(try await status(StandInFixture.request(), models: ["another"]).status == 200)
        var members = StandInFixture.request().members ?? [:]
        members["max_completion_tokens"] = members.removeValue(forKey: "max_tokens")
        #expect(try await status(.object(members), models: [StandInFixture.model]).status == 200)
    }

    @Test func `OpenAI answers 429 when the credit is used up`() async throws {
        let response = try await meet(.openAI, .paymentRequired)
        #expect(response.status == 429)
        #expect(try response.json()["error"]?["code"] == "insufficient_quota")
    }

    @Test func `OpenAI tells its limits in headers`() async throws {
        #expect(
            try await meet(.openAI, .rateLimited(retryAfter: nil)).header("x-ratelimit-reset-requests") == "120ms")
        #expect(
            try await meet(.openAI, .rateLimited(retryAfter: "1")).header("x-ratelimit-reset-requests") == nil)
    }

    @Test func `Ollama knows max_tokens alone`() async throws {
        var members = StandInFixture.request().members ?? [:]
        members["max_completion_tokens"] = members.removeValue(forKey: "max_tokens")
        let response = try await meet(.ollama, asking: .object(members))
        #expect(response.status == 400)
        #expect(try response.json()["error"]?["message"] == "'max_tokens' must be present.")
        #expect(try await meet(.ollama).status == 200)
    }

    @Test func `llama cpp tells how long the prompt was`() async throws {
        let error = try #require(try await meet(.llamaCpp, .contextTooLong).json()["error"])
        #expect(error["type"] == "exceed_context_size_error")
        #expect(error["n_prompt_tokens"] == 6)
    }

    @Test(arguments: [
        (Personality.openRouter, ["reasoning"]), (.openAI, []), (.ollama, ["reasoning"]),
        (.vLLM, ["reasoning", "reasoning_content"]), (.llamaCpp, ["reasoning_content"]),
        (.liteLLM, ["reasoning_content"]),
    ])
    func `each names the reasoning in its own way`(personality: Personality, fields: [String]) async throws {
        let thought = "It is fine."
        let message = try await meet(personality, reasoning: thought).json()["choices"]?[0]?["message"]
        let stream = try await meet(personality, asking: StandInFixture.streamRequest(), reasoning: thought).events()
        for field in ["reasoning", "reasoning_content"] {
            #expect(message?[field]?.string == (fields.contains(field) ? thought : nil))
            #expect(stream.text(in: field) == (fields.contains(field) ? thought : ""))
        }
        #expect(message?["content"] == #"{"label":"good"}"#)
        #expect(stream.content == #"{"label":"good"}"#)
    }

    @Test func `reasoning is charged and counts against max_tokens`() async throws {
        let usage = try #require(try await meet(.openRouter, reasoning: "It is fine.").json()["usage"])
        #expect(usage["completion_tokens"] == 7)
        #expect(usage["completion_tokens_details"]?["reasoning_tokens"] == 3)
        let request = StandInFixture.request(maxTokens: 3)
        let response = try await meet(.openRouter, asking: request, reasoning: "It is fine.")
        #expect(try response.content()?.isEmpty == true)
        #expect(try response.json()["choices"]?[0]?["finish_reason"] == "length")
    }

    @Test(arguments: [
        (Personality.openAI, false), (.ollama, false), (.vLLM, true), (.llamaCpp, false), (.liteLLM, false),
    ])
    func `other servers send an error of a stream by itself`(personality: Personality, isDone: Bool) async throws {
        let stream = try await meet(personality, .stream(.error), asking: StandInFixture.streamRequest()).events()
        let last = try #require(stream.chunks.last)
        #expect(last["error"]?["message"] != nil)
        #expect(last["choices"] == nil)
        #expect(stream.isDone == isDone)
    }

    @Test func `LiteLLM tells no cost that is hidden or not known yet`() async throws {
        let header = "x-litellm-response-cost"
        #expect(try await meet(.liteLLM, .nullCost).header(header) == nil)
        #expect(try await meet(.liteLLM, .exponentCost).header(header) == "9500e-09")
        #expect(try await meet(.liteLLM, asking: StandInFixture.streamRequest()).header(header) == nil)
        #expect(try await meet(.liteLLM, asking: StandInFixture.request(model: "made/up")).header(header) == nil)
    }
}
