/// An answer that says something else than was asked for. It is charged for what it says.
package enum ContentFault: Sendable, Hashable {
    case emptyContent
    case nullContent
    /// Half of the text, finished because of its length.
    case truncated
    /// A JSON object that no schema of a question allows.
    case schemaBreaking
    /// The right answer inside a code fence, with words around it.
    case fencedJSON
    /// The right answer of another model, at the price of that model if it has one.
    case otherModel(String?)

    func apply(to completion: inout Completion) {
        switch self {
        case .emptyContent: completion.say("")
        case .nullContent: completion.say(nil)
        case .truncated: completion.say(completion.firstHalf, because: "length")
        case .schemaBreaking: completion.say(#"{"not_in_the_schema":true}"#)
        case .fencedJSON: completion.say("Here is the answer you asked for:\n\n```json\n\(completion.reply)\n```\n")
        case .otherModel(let model):
            completion.model = model ?? Availability.otherModel
            completion.say(completion.reply)
        }
    }
}

extension Fault {
    package static let emptyContent = Fault.content(.emptyContent)
    package static let nullContent = Fault.content(.nullContent)
    package static let truncated = Fault.content(.truncated)
    package static let schemaBreaking = Fault.content(.schemaBreaking)
    package static let fencedJSON = Fault.content(.fencedJSON)
    package static func otherModel(_ model: String?) -> Fault { .content(.otherModel(model)) }
}
