import Testing
import Vocabulary

@testable import ModelClient

struct ToolRequestTests {
    private func body(_ dialect: Provider.Dialect, choice: ToolChoice = .automatic) throws -> JSONValue {
        var call = ModelCall.sample()
        call.tools = [.sample]
        call.toolChoice = choice
        return try RequestEncoder.sample(dialect).json(for: call)
    }

    @Test func `offers tools in OpenAI's shape`() throws {
        let tool = try #require(try body(.ollama)["tools"]?[0])
        #expect(tool["type"] == "function")
        #expect(tool["function"]?["name"] == "find_order")
        #expect(tool["function"]?["description"] == "Finds an order.")
        #expect(tool["function"]?["parameters"]?["required"] == ["name", "limit"])
        #expect(tool["function"]?["parameters"]?["properties"]?["name"]?["maxLength"] == 20)
        #expect(tool["function"]?["strict"] == nil)
    }

    @Test(arguments: [Provider.Dialect.openRouter, .openAI, .liteLLM])
    func `holds models to the parameters where that is possible`(dialect: Provider.Dialect) throws {
        let tool = try #require(try body(dialect)["tools"]?[0])
        #expect(tool["function"]?["strict"] == true)
        #expect(tool["function"]?["parameters"]?["properties"]?["name"]?["maxLength"] == nil)
        #expect(tool["function"]?["parameters"]?["additionalProperties"] == false)
    }

    @Test(
        arguments: [
            (.automatic, nil), (.none, "none"), (.required, "required"),
            (.only("find_order"), ["type": "function", "function": ["name": "find_order"]]),
        ] as [(ToolChoice, JSONValue?)])
    func `says whether a tool must be called`(choice: ToolChoice, expected: JSONValue?) throws {
        #expect(try body(.openAI, choice: choice)["tool_choice"] == expected)
    }

    @Test func `sends neither without tools`() throws {
        var call = ModelCall.sample()
        call.toolChoice = .required
        let body = try RequestEncoder.sample(.openAI).json(for: call)
        #expect(body["tools"] == nil)
        #expect(body["tool_choice"] == nil)
    }

    @Test func `sends what was called and what came of it`() throws {
        var call = ModelCall.sample()
        call.messages = [
            .init(.user, "Where is #1001?"),
            .init(.assistant, "", toolCalls: [ToolCall(id: "c1", name: "find_order", arguments: ["name": "#1001"])]),
            .init(.tool, "on its way", toolCallID: "c1"),
            .init(.assistant, "One more.", toolCalls: [ToolCall(id: "c2", name: "find_order", arguments: [:])]),
        ]
        let messages = try #require(try RequestEncoder.sample(.openAI).json(for: call)["messages"]?.elements)
        #expect(
            messages[1] == [
                "role": "assistant", "content": .null,
                "tool_calls": [
                    [
                        "id": "c1", "type": "function",
                        "function": ["name": "find_order", "arguments": ##"{"name":"#1001"}"##],
                    ]
                ],
            ])
        #expect(messages[2] == ["role": "tool", "content": "on its way", "tool_call_id": "c1"])
        #expect(messages[3]["content"] == "One more.")
    }
}
