import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

struct RequestEncoderTests {
    private func encoder(
        _ dialect: Provider.Dialect, _ change: (inout Model) -> Void = { _ in }
    ) -> RequestEncoder {
        var model = Model.sample("a")
        model.id = "maker/a"
        change(&model)
        let provider = Provider(
            name: "one", baseURL: "https://one.example.com/api/v1/", apiKey: Secret("sk-test-not-a-key"),
            dialect: dialect, headers: ["X-OpenRouter-Title": "Bellhop", "HTTP-Referer": "https://shop.example.com"])
        return RequestEncoder(model: model, provider: provider)
    }

    private func body(
        _ dialect: Provider.Dialect, call: ModelCall = .sample(), _ change: (inout Model) -> Void = { _ in }
    ) throws -> JSONValue {
        try JSONValue(parsing: encoder(dialect, change).body(for: call))
    }

    @Test(arguments: Provider.Dialect.allCases)
    func `sends model, messages as given and temperature in every dialect`(dialect: Provider.Dialect) throws {
        let body = try body(dialect)
        #expect(body["model"] == "maker/a")
        #expect(
            body["messages"] == [
                ["role": "system", "content": "Judge the text."], ["role": "user", "content": "It fits."],
            ])
        #expect(body["temperature"] == 0)
    }

    @Test(arguments: [
        (Provider.Dialect.openRouter, "max_tokens"), (.compatible, "max_tokens"), (.openAI, "max_completion_tokens"),
    ])
    func `always bounds the answer, under the dialect's name`(dialect: Provider.Dialect, name: String) throws {
        let body = try body(dialect)
        #expect(body[name] == 100)
        #expect(body.members?.keys.filter { $0.hasPrefix("max") } == [name])
    }

    @Test func `sends OpenAI nothing but what it knows`() throws {
        var call = ModelCall.sample(.mood())
        call.labels = ["event": "1"]
        let body = try body(.openAI, call: call) { $0.reasoningEffort = "low" }
        #expect(
            body.members?.keys.sorted() == [
                "max_completion_tokens", "messages", "model", "reasoning_effort", "response_format", "temperature",
            ])
    }

    @Test func `leaves out what the model refuses`() throws {
        let body = try body(.openRouter, call: .sample(.mood())) { model in
            model.reasoningEffort = "low"
            model.refuses = [.temperature, .reasoning, .responseFormat]
        }
        #expect(body["temperature"] == nil)
        #expect(body["reasoning"] == nil)
        #expect(body["response_format"] == nil)
        #expect(body["provider"] == nil)
    }

    @Test func `sends a strict schema, and lets OpenRouter choose only who honours it`() throws {
        let body = try body(.openRouter, call: .sample(.mood()))
        #expect(body["response_format"]?["type"] == "json_schema")
        #expect(body["response_format"]?["json_schema"]?["name"] == "Mood")
        #expect(body["response_format"]?["json_schema"]?["strict"] == true)
        #expect(body["response_format"]?["json_schema"]?["schema"]?["required"] == ["label"])
        #expect(body["provider"] == ["require_parameters": true])
    }

    @Test(arguments: [(Provider.Dialect.openRouter, false), (.openAI, false), (.compatible, true)])
    func `sends bounds only where they are honoured`(dialect: Provider.Dialect, bounds: Bool) throws {
        let format = AnswerFormat.json(name: "n", schema: .object(["n": .integer(1...5)]), complaints: { _ in [] })
        let body = try body(dialect, call: .sample(format))
        let number = body["response_format"]?["json_schema"]?["schema"]?["properties"]?["n"]
        #expect((number?["maximum"] == 5) == bounds)
        #expect((number?["description"] == "From 1 to 5.") == !bounds)
    }

    @Test func `puts the schema into the system message of a model that takes none`() throws {
        let body = try body(.compatible, call: .sample(.mood())) { $0.structuredOutput = false }
        #expect(body["response_format"] == nil)
        let messages = try #require(body["messages"]?.elements)
        #expect(messages.count == 2)
        let system = try #require(messages[0]["content"]?.string)
        #expect(system.hasPrefix("Judge the text.\n\n"))
        #expect(system.contains(#""enum":["happy","unhappy"]"#))
    }

    @Test func `puts the schema before the messages when there is no system message`() throws {
        var call = ModelCall.sample(.mood())
        call.messages.removeFirst()
        let body = try body(.compatible, call: call) { $0.structuredOutput = false }
        #expect(body["messages"]?.elements?.map { $0["role"] } == ["system", "user"])
    }

    @Test func `sends labels as metadata to OpenRouter, within its limits`() throws {
        var call = ModelCall.sample()
        call.labels = Dictionary(
            uniqueKeysWithValues: (10..<30).map { ("label\($0)", String(repeating: "x", count: 600)) })
        let metadata = try #require(try body(.openRouter, call: call)["metadata"]?.members)
        #expect(metadata.count == 16)
        #expect(metadata["label10"]?.string?.count == 512)
        #expect(try body(.openRouter)["metadata"] == nil)
        #expect(try body(.compatible, call: call)["metadata"] == nil)
    }

    @Test func `forbids OpenRouter to cut the middle out of a prompt`() throws {
        #expect(try body(.openRouter)["plugins"] == [["id": "context-compression", "enabled": false]])
    }

    @Test func `sends reasoning effort in the dialect's form`() throws {
        #expect(try body(.openRouter) { $0.reasoningEffort = "minimal" }["reasoning"] == ["effort": "minimal"])
        #expect(try body(.compatible) { $0.reasoningEffort = "minimal" }["reasoning_effort"] == "minimal")
    }

    @Test func `sends decimals as written`() throws {
        var call = ModelCall.sample()
        call.temperature = 0.1
        let bytes = try encoder(.openAI).body(for: call)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""temperature":0.1"#))
    }

    @Test func `gives equal bytes for equal calls`() throws {
        var call = ModelCall.sample(.mood())
        call.labels = ["b": "2", "a": "1", "c": "3"]
        let encoder = encoder(.openRouter)
        #expect(try encoder.body(for: call) == encoder.body(for: call))
    }

    @Test func `makes a schema name of any type's name`() throws {
        let format = AnswerFormat.json(name: "List<Mood>.Ä", schema: .object([:]), complaints: { _ in [] })
        let body = try body(.openAI, call: .sample(format))
        #expect(body["response_format"]?["json_schema"]?["name"] == "List_Mood___")
    }

    @Test func `addresses the chat completions with key and attribution`() {
        let request = encoder(.openRouter).request(body: Data(), limits: .init())
        #expect(request.url == "https://one.example.com/api/v1/chat/completions")
        #expect(
            request.headers.map { "\($0.name): \($0.value)" } == [
                "Content-Type: application/json", "Accept: application/json", "Authorization: Bearer sk-test-not-a-key",
                "HTTP-Referer: https://shop.example.com", "X-OpenRouter-Title: Bellhop",
            ])
    }
}
