import Foundation
import Vocabulary

/// Decides whether the tools that a model calls are there, may be called, and are given what they ask for.
struct ToolCallJudge {
    /// The most calls that one answer may make.
    static let maxCalls = 32

    let tools: [Tool]
    let choice: ToolChoice

    /// The calls, or which rules they break. A tool that was not offered is not named: the name is the model's.
    func judge(_ completion: Completion) -> Result<[ToolCall], FailureSignal> {
        guard completion.toolCalls.count <= Self.maxCalls else {
            return .failure(.poor(["the answer calls more than \(Self.maxCalls) tools"]))
        }
        var calls: [ToolCall] = []
        var complaints: [String] = []
        for (index, request) in completion.toolCalls.enumerated() {
            switch call(request, at: index) {
            case .success(let call): calls.append(call)
            case .failure(let broken): complaints += broken.rules
            }
        }
        if complaints.isEmpty { return .success(calls) }
        return .failure(.poor(completion.isCutOff ? [AnswerJudge.cutOff] : complaints))
    }

    private struct Broken: Error {
        var rules: [String]
    }

    private func call(_ request: Completion.ToolRequest, at index: Int) -> Result<ToolCall, Broken> {
        guard let tool = tools.first(where: { $0.name == request.name }) else {
            return .failure(Broken(rules: ["the answer calls a tool that is not offered"]))
        }
        guard choice.allows(tool) else {
            return .failure(Broken(rules: ["the answer calls \(tool.name), which it must not"]))
        }
        // A tool without parameters is called with no arguments at all by some models.
        let text = request.arguments.allSatisfy(\.isWhitespace) ? "{}" : request.arguments
        guard let arguments = try? JSONValue(parsing: Data(text.utf8)) else {
            return .failure(Broken(rules: ["the arguments of \(tool.name) are not JSON"]))
        }
        let violations = tool.parameters.violations(in: arguments)
        guard violations.isEmpty else {
            return .failure(Broken(rules: violations.map { "\(tool.name): \($0)" }))
        }
        return .success(ToolCall(id: id(of: request, at: index), name: tool.name, arguments: arguments))
    }

    /// Some models give no id; the tool's message needs one to refer to.
    private func id(of request: Completion.ToolRequest, at index: Int) -> String {
        (1...256).contains(request.id.utf8.count) ? request.id : "call_\(index)"
    }
}

extension ToolChoice {
    fileprivate func allows(_ tool: Tool) -> Bool {
        switch self {
        case .automatic, .required: true
        case .none: false
        case .only(let name): tool.name == name
        }
    }
}
