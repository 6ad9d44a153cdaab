import Testing
import Vocabulary

@testable import ModelClient

struct ToolCallJudgeTests {
    private func judge(
        _ calls: [Completion.ToolRequest], text: String = "", format: AnswerFormat = .text, tools: [Tool] = [.sample],
        choice: ToolChoice = .automatic, isCutOff: Bool = false
    ) -> Result<ModelReply.Content, FailureSignal> {
        AnswerJudge(format: format, tools: tools, toolChoice: choice)
            .judge(Completion(text: text, toolCalls: calls, isCutOff: isCutOff))
    }

    private func request(
        _ arguments: String, id: String = "c1", name: String = "find_order"
    ) -> Completion.ToolRequest {
        .init(id: id, name: name, arguments: arguments)
    }

    private func poor(_ reason: String) -> Result<ModelReply.Content, FailureSignal> {
        .failure(FailureSignal(.poorAnswer, reason))
    }

    private let good = ##"{"name":"#1001","limit":1}"##

    @Test func `accepts calls whose arguments satisfy the tool`() {
        #expect(
            judge([request(good), request(good, id: "")], text: "Let me look.")
                == .success(
                    .toolCalls([
                        ToolCall(id: "c1", name: "find_order", arguments: ["name": "#1001", "limit": 1]),
                        ToolCall(id: "call_1", name: "find_order", arguments: ["name": "#1001", "limit": 1]),
                    ])))
    }

    @Test func `takes no arguments for none`() {
        let ping = Tool(name: "ping", description: "", parameters: .object([:]))
        #expect(
            judge([request(" ", name: "ping")], tools: [ping])
                == .success(.toolCalls([ToolCall(id: "c1", name: "ping", arguments: [:])])))
    }

    @Test(
        arguments: [
            (
                #"{"name":"s3cret s3cret s3cret s3cret","limit":9}"#,
                "find_order: name must have from 0 to 20 characters; find_order: limit must be from 1 to 5"
            ),
            ("{}", "find_order: name is missing; find_order: limit is missing"),
            (#"{"name":"s3c"#, "the arguments of find_order are not JSON"),
            ("[]", "find_order: answer must be an object"),
            (#"{"name":1e400,"limit":1}"#, "the arguments of find_order are not JSON"),
        ])
    func `names broken rules without the arguments`(arguments: String, reason: String) {
        #expect(judge([request(arguments)]) == poor(reason))
    }

    @Test func `wants a tool that is there and allowed`() {
        #expect(judge([request(good, name: "s3cret")]) == poor("the answer calls a tool that is not offered"))
        #expect(judge([request(good)], tools: []) == poor("the answer calls a tool that is not offered"))
        #expect(judge([request(good)], choice: .none) == poor("the answer calls find_order, which it must not"))
        #expect(
            judge([request(good)], choice: .only("other")) == poor("the answer calls find_order, which it must not"))
        #expect(judge([request(good)], choice: .only("find_order")) != poor("the answer calls no tool"))
    }

    @Test(arguments: [ToolChoice.required, .only("find_order")])
    func `wants a call when one is demanded`(choice: ToolChoice) {
        #expect(judge([], text: "Hello.", choice: choice) == poor("the answer calls no tool"))
        #expect(
            judge([], text: "Hel", choice: choice, isCutOff: true) == poor("the answer is cut off at max_tokens"))
    }

    @Test func `takes an answer in place of a call`() {
        #expect(judge([], text: "Hello.") == .success(.text("Hello.")))
        #expect(judge([], text: "Hello.", choice: .none) == .success(.text("Hello.")))
        #expect(judge([], text: #"{"label":"happy"}"#, format: .mood()) == .success(.json(["label": "happy"])))
    }

    @Test func `says when the arguments are cut off`() {
        #expect(judge([request(#"{"name":"#)], isCutOff: true) == poor("the answer is cut off at max_tokens"))
    }

    @Test func `bounds the number of calls and of complaints`() {
        #expect(judge(Array(repeating: request(good), count: 33)) == poor("the answer calls more than 32 tools"))
        let many = judge(Array(repeating: request("{}"), count: 32))
        guard case .failure(let signal) = many else {
            Issue.record("calls without arguments were accepted")
            return
        }
        #expect(signal.reason.count <= 500)
    }

    @Test func `gives ids of its own to those that are too long`() {
        let long = request(good, id: String(repeating: "x", count: 257))
        guard case .success(.toolCalls(let calls)) = judge([long]) else {
            Issue.record("a good call was refused")
            return
        }
        #expect(calls.map(\.id) == ["call_0"])
    }

    @Test func `shows the model all that it wrote`() {
        let completion = Completion(text: "Let me look.", toolCalls: [request("{}")], isCutOff: false)
        #expect(completion.transcript == "Let me look.\nfind_order({})")
        #expect(Completion(text: "", toolCalls: [request("{}")], isCutOff: false).transcript == "find_order({})")
    }
}
