import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

struct RequestEncoderTests {
    private func body(
        _ dialect: Provider.Dialect, call: ModelCall = .sample(), _ change: (inout Model) -> Void = { _ in }
    ) throws -> JSONValue {
        try RequestEncoder.sample(dialect, change).json(for: call)
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

    @Test(arguments: Provider.Dialect.allCases)
    func `always bounds the answer, under one name`(dialect: Provider.Dialect) throws {
        let name = dialect == .openAI ? "max_completion_tokens" : "max_tokens"
        let body = try body(dialect)
        #expect(body[name] == 100)
        #expect(body.members?.keys.filter { $0.hasPrefix("max") } == [name])
        #expect(try self.body(dialect, call: .sample(maxTokens: -5))[name] == 1)
    }

    @Test func `leaves out what the model refuses`() throws {
        var call = ModelCall.sample(.mood())
        call.seed = 7
        call.tools = [.sample]
        call.toolChoice = .required
        let body = try body(.openRouter, call: call) { model in
            model.reasoningEffort = "low"
            model.refuses = [.temperature, .reasoning, .responseFormat, .seed, .tools]
        }
        #expect(body.members?.keys.sorted() == ["max_tokens", "messages", "model", "plugins", "provider"])
        #expect(body["provider"]?["require_parameters"] == nil)
    }

    @Test func `sends a strict schema`() throws {
        let format = try body(.openRouter, call: .sample(.mood()))["response_format"]
        #expect(format?["type"] == "json_schema")
        #expect(format?["json_schema"]?["name"] == "Mood")
        #expect(format?["json_schema"]?["strict"] == true)
        #expect(format?["json_schema"]?["schema"]?["required"] == ["label"])
    }

    @Test(arguments: Provider.Dialect.allCases)
    func `sends bounds only where they are honoured`(dialect: Provider.Dialect) throws {
        let hasGrammar = [.ollama, .vLLM, .llamaCpp, .compatible].contains(dialect)
        let format = AnswerFormat.json(name: "n", schema: .object(["n": .integer(1...5)]), complaints: { _ in [] })
        let body = try body(dialect, call: .sample(format))
        let number = body["response_format"]?["json_schema"]?["schema"]?["properties"]?["n"]
        #expect((number?["maximum"] == 5) == hasGrammar)
        #expect((number?["description"] == "From 1 to 5.") == !hasGrammar)
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

    @Test func `sends decimals as written`() throws {
        var call = ModelCall.sample()
        call.temperature = 0.1
        let bytes = try RequestEncoder.sample(.openAI).body(for: call)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""temperature":0.1"#))
    }

    @Test func `gives equal bytes for equal calls`() throws {
        var call = ModelCall.sample(.mood())
        call.metadata = ["b": "2", "a": "1", "c": "3"]
        let encoder = RequestEncoder.sample(.openRouter)
        #expect(try encoder.body(for: call) == encoder.body(for: call))
    }

    @Test func `makes a schema name of any type's name`() throws {
        let format = AnswerFormat.json(name: "List<Mood>.Ä", schema: .object([:]), complaints: { _ in [] })
        let body = try body(.openAI, call: .sample(format))
        #expect(body["response_format"]?["json_schema"]?["name"] == "List_Mood___")
    }

    @Test func `addresses the chat completions with key and attribution`() {
        let request = RequestEncoder.sample(.openRouter).request(body: Data(), limits: .init())
        #expect(request.url == "https://one.example.com/api/v1/chat/completions")
        #expect(
            request.headers.map { "\($0.name): \($0.value)" } == [
                "Content-Type: application/json", "Accept: application/json", "Authorization: Bearer sk-test-not-a-key",
                "HTTP-Referer: https://shop.example.com", "X-OpenRouter-Title: Bellhop",
            ])
    }

    @Test func `says that it takes a stream`() {
        let request = RequestEncoder.sample(.openAI).request(body: Data(), limits: .init(), isStreamed: true)
        #expect(request.headers.first { $0.name == "Accept" }?.value == "text/event-stream, application/json")
    }

    @Test(arguments: [true, false])
    func `sends the properties of a schema in their own order`(takesSchema: Bool) throws {
        let schema = Schema.object([
            "reason": .string, "label": .boolean, "a": .object(["z": .boolean, "b": .boolean]),
        ])
        let format = AnswerFormat.json(name: "n", schema: schema, complaints: { _ in [] })
        let encoder = RequestEncoder.sample(.compatible) { $0.structuredOutput = takesSchema }
        let text = String(decoding: try encoder.body(for: .sample(format)), as: UTF8.self)
        let places = ["reason", "label", "a", "z", "b"].compactMap { name in
            text.range(of: takesSchema ? "\"\(name)\":{" : "\\\"\(name)\\\":{")?.lowerBound
        }
        #expect(places.count == 5)
        #expect(places == places.sorted())
    }
}
