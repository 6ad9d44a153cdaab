import Foundation
import Testing
import Vocabulary

@testable import ModelClient

struct ToolCallPiecesTests {
    /// The calls that come of these `tool_calls`, one list for each chunk.
    private func calls(_ deltas: [JSONValue]) -> [Completion.ToolRequest] {
        var pieces = ToolCallPieces()
        for delta in deltas {
            let hasCome = pieces.add(delta)
            #expect(hasCome)
        }
        return pieces.calls
    }

    private func piece(
        _ index: Int64?, id: String? = nil, name: String? = nil, arguments: JSONValue? = nil
    ) -> JSONValue {
        var function: [String: JSONValue] = [:]
        function["name"] = name.map { .string($0) }
        function["arguments"] = arguments
        var members: [String: JSONValue] = ["type": "function", "function": .object(function)]
        members["index"] = index.map { .integer($0) }
        members["id"] = id.map { .string($0) }
        return .object(members)
    }

    private let first = Completion.ToolRequest(id: "c1", name: "a", arguments: #"{"n":1}"#)
    private let second = Completion.ToolRequest(id: "c2", name: "b", arguments: "{}")

    @Test func `puts arguments together by number`() {
        #expect(
            calls([
                [piece(0, id: "c1", name: "a", arguments: "")], [piece(0, arguments: #"{"n""#)],
                [piece(1, id: "c2", name: "b", arguments: "{"), piece(0, arguments: ":1}")], [piece(1, arguments: "}")],
            ]) == [first, second])
    }

    @Test func `keeps a name that comes again, and numbers that do not begin at zero`() {
        #expect(
            calls([
                [piece(7, id: "c1", name: "a", arguments: #"{"n""#)], [piece(7, id: "c1", name: "a", arguments: ":1}")],
            ]) == [first])
    }

    @Test func `goes by the id where there are no numbers`() {
        #expect(
            calls([
                [piece(nil, id: "c1", name: "a", arguments: #"{"n""#)], [piece(nil, arguments: ":1}")],
                [piece(nil, id: "c2", name: "b", arguments: ["x": 1])],
            ]) == [first, .init(id: "c2", name: "b", arguments: #"{"x":1}"#)])
        #expect(
            calls([
                [
                    piece(nil, id: "c1", name: "a", arguments: #"{"n""#),
                    piece(nil, id: "c2", name: "b", arguments: "{"),
                ],
                [piece(nil, id: "c1", arguments: ":1}"), piece(nil, id: "c2", arguments: "}")],
            ]) == [first, second])
    }

    @Test func `keeps a bounded number of calls, whatever their numbers`() {
        var pieces = ToolCallPieces()
        for number in 0..<1000 {
            _ = pieces.add([piece(Int64.max - Int64(number), id: "c\(number)", name: "a", arguments: "{}")])
        }
        #expect(pieces.calls.count == ToolCallJudge.maxCalls + 1)
    }

    @Test(arguments: [.null, [], "x", [:], [[:]]] as [JSONValue])
    func `makes nothing of nothing`(deltas: JSONValue) {
        var pieces = ToolCallPieces()
        let hasCome = pieces.add(deltas)
        #expect(!hasCome)
        #expect(pieces.calls.isEmpty)
    }

    @Test func `come out of a stream as they would out of a whole answer`() {
        var assembler = StreamAssembler(head: .init(status: 200), now: Date())
        let chunks = [
            #"{"choices":[{"delta":{"content":null,"tool_calls":[{"index":0,"id":"c1","function":{"name":"a","arguments":"{\"n\""}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}"#,
            #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#,
        ]
        let heard = chunks.map { assembler.take(.init(data: Data($0.utf8))) }
        #expect(heard == [.content, .content, .nothing])
        #expect(assembler.reading.result == .success(Completion(text: "", toolCalls: [first], isCutOff: false)))
    }
}
