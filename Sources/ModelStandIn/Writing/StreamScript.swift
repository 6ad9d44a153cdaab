import Foundation
import Vocabulary

/// The events of an answer that comes in pieces, write after write.
struct StreamScript {
    private let answer: Answer
    private(set) var steps: [BodyStep] = []
    private(set) var ending = Outcome.Ending.complete

    init(of answer: Answer) {
        self.answer = answer
        begin()
        if answer.form.hasChoices {
            tell()
        } else {
            event(answer.chunk([]))
            end()
        }
    }

    private var form: StreamForm { answer.form.stream }

    private mutating func begin() {
        let comment = answer.traits.keepAlive
        if let time = form.commentsFirst {
            for _ in 0..<Self.comments {
                line(": \(comment ?? "keep-alive")")
                steps.append(.pause(time / Self.comments))
            }
        } else if let comment {
            line(": \(comment)")
        }
    }

    /// How many comments come when there are comments only.
    private static let comments = 10

    private mutating func tell() {
        let deltas = answer.deltas
        var sent = 0
        for (index, delta) in deltas.enumerated() {
            if interrupts(before: index) { return }
            if form.hasMalformedLine, index == deltas.count / 2 { line(#"data: {"id":"gen-?","choices":[{"ind"#) }
            sent += delta.tokens
            event(answer.chunk([answer.delta(delta.members)], usage: usage(afterTokens: sent)))
        }
        if interrupts(before: .max) { return }
        event(answer.chunk([answer.finish], usage: isUsage(.onFinish, .onEveryChunk) ? answer.usage : nil))
        end()
    }

    /// The usage of the whole, and the end marker.
    private mutating func end() {
        if isUsage(.lastWithoutChoices) { event(answer.chunk([], usage: answer.usage)) }
        if isUsage(.lastWithEmptyChoice) {
            event(answer.chunk([answer.delta(["content": ""])], usage: answer.usage))
        }
        if form.endsWithDone { line("data: [DONE]") }
    }

    /// Breaks the stream if this is the place for it.
    private mutating func interrupts(before index: Int) -> Bool {
        switch form.interruption {
        case .cut(let tokens) where tokens <= index: ending = .cut
        case .end(let tokens) where tokens <= index: ending = .complete
        case .stall(let tokens) where tokens <= index: ending = .stall
        case .error(let code) where index == .max:
            event(answer.streamError(code: code))
            if answer.traits.endsBrokenStream { line("data: [DONE]") }
        default: return false
        }
        return true
    }

    private func usage(afterTokens count: Int) -> JSONValue? {
        isUsage(.onEveryChunk) ? answer.usage(afterTokens: count) : nil
    }

    private func isUsage(_ places: StreamForm.UsagePlace...) -> Bool {
        answer.form.tellsUsage && places.contains(form.usage)
    }

    // MARK: - Bytes

    private mutating func event(_ json: JSONValue) {
        write(Data("data: ".utf8) + answer.data(json))
    }

    private mutating func line(_ text: String) {
        write(Data(text.utf8))
    }

    /// One line and the empty one after it, in one write or split.
    private mutating func write(_ line: Data) {
        let bytes = line + Data((form.lineEnd + form.lineEnd).utf8)
        steps += form.splitsCharacters ? SplitCharacters.steps(for: bytes) : [.write(bytes)]
    }
}

extension Answer {
    /// What is said, in pieces of about a token each. An answer that says nothing is one piece.
    fileprivate var deltas: [(members: [String: JSONValue], tokens: Int)] {
        let thoughts = (completion.reasoning?.pieces ?? []).map { reasoningMembers($0) }
        let words = (completion.content?.pieces ?? []).map { ["content": JSONValue.string($0)] }
        let pieces = thoughts + words
        guard pieces.isEmpty else { return pieces.map { ($0, 1) } }
        return [(["content": completion.content.map { .string($0) } ?? .null], 0)]
    }
}
