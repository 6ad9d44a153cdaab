import Foundation
import Vocabulary

extension Fault {
    /// What becomes of a completion that meets this fault after the model has answered.
    func damage(to completion: Completion, text: String) -> Outcome {
        switch self {
        case .slow(let milliseconds):
            return Outcome(of: completion, delay: .milliseconds(milliseconds))
        case .hang:
            return Outcome(of: completion, ending: .hang)
        case .cutBeforeHeaders:
            return Outcome(of: completion, ending: .cutBeforeHeaders)
        case .cutMidBody:
            return Outcome(of: completion, ending: .cutMidBody)
        case .emptyBody:
            return Outcome(of: completion) { _ in Data() }
        case .invalidJSON:
            return Outcome(of: completion) { $0.prefix($0.count / 2) }
        case .leadingWhitespace:
            return Outcome(of: completion) { Data("\n\n  \n".utf8) + $0 }
        case .missingUsage:
            return Outcome(of: completion, json: completion.body(choices: [completion.choice()], usage: nil))
        case .nullCost:
            var usage = completion.usage.members ?? [:]
            usage["cost"] = .null
            return Outcome(
                of: completion, json: completion.body(choices: [completion.choice()], usage: .object(usage)))
        case .emptyChoices:
            let unpaid = completion.unpaid(tokens: 0)
            return Outcome(of: unpaid, json: unpaid.body(choices: [], usage: unpaid.usage))
        case .choiceError:
            var broken = completion.saying(Self.half(of: text), because: "error")
            broken = broken.unpaid(tokens: broken.tokens.completion)
            let error: JSONValue = ["code": 502, "message": "The provider broke off"]
            return Outcome(of: broken, json: broken.body(choices: [broken.choice(error: error)], usage: broken.usage))
        default:
            return Outcome(of: reworded(completion, text: text))
        }
    }

    /// The completion with another content, charged for what it says.
    private func reworded(_ completion: Completion, text: String) -> Completion {
        switch self {
        case .emptyContent: completion.saying("")
        case .nullContent: completion.saying(nil)
        case .truncated: completion.saying(Self.half(of: text), because: "length")
        case .schemaBreaking: completion.saying(#"{"not_in_the_schema":true}"#)
        case .fencedJSON: completion.saying("Here is the answer you asked for:\n\n```json\n\(text)\n```\n")
        default: completion
        }
    }

    private static func half(of text: String) -> String {
        String(text.prefix(text.count / 2))
    }
}
