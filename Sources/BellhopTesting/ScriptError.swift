public import Bellhop

/// What a test's run of a handler found wrong.
public enum ScriptError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The handler asked for an answer of this name, and none is scripted or none is left.
    case unexpectedQuestion(String)
    /// Every scripted answer of this name was refused, for these reasons.
    case noGoodAnswer(to: String, [String])
    /// The handler returned an effect of a kind that it does not declare; Bellhop would hold the event.
    case undeclaredEffect(Effect.Kind)
    /// The handler posts to a destination that is not among its own; Bellhop would hold the event.
    case undeclaredDestination(String)

    public var description: String {
        switch self {
        case .unexpectedQuestion(let answer): "no answer is scripted for \(answer)"
        case .noGoodAnswer(let answer, let reasons):
            "no scripted answer for \(answer) is good: \(reasons.joined(separator: " | "))"
        case .undeclaredEffect(let kind): "the handler caused a \(kind.rawValue) without declaring it"
        case .undeclaredDestination(let name):
            "the handler posts to \(name), which is not among its destinations"
        }
    }
}
