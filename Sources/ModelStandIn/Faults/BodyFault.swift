import Vocabulary

/// An answer that is written down in an unusual way. It is charged in full unless its case says otherwise.
package enum BodyFault: Sendable, Hashable {
    /// 200 with no body at all.
    case emptyBody
    /// 200 with the first half of the bytes as a complete body.
    case invalidJSON
    /// Blank lines before the answer.
    case leadingWhitespace
    /// 200 without a choice, at no cost.
    case emptyChoices
    /// 200 with a part of the text and an error in the choice, at no cost.
    case choiceError
    case missingUsage
    case nullCost
    /// The true cost, written with an exponent.
    case exponentCost
    /// Exactly this JSON number as the cost, whatever is charged.
    case costAs(String)
    /// In every object a member that nobody knows.
    case extraFields

    func apply(to answer: inout Answer) {
        switch self {
        case .emptyBody: answer.form.bytes = .none
        case .invalidJSON: answer.form.bytes = .firstHalf
        case .leadingWhitespace: answer.form.bytes = .afterBlankLines
        case .emptyChoices:
            answer.form.hasChoices = false
            answer.completion.say(nil)
            answer.completion.waiveCost(tokens: 0)
        case .choiceError:
            answer.form.choiceError = ["code": 502, "message": "The provider broke off"]
            answer.completion.breakOff()
        case .missingUsage: answer.form.tellsUsage = false
        case .nullCost: answer.form.cost = .null
        case .exponentCost: answer.form.cost = .withExponent
        case .costAs(let number): answer.form.cost = .literally(number)
        case .extraFields: answer.form.hasExtraFields = true
        }
    }
}

extension Fault {
    package static let emptyBody = Fault.body(.emptyBody)
    package static let invalidJSON = Fault.body(.invalidJSON)
    package static let leadingWhitespace = Fault.body(.leadingWhitespace)
    package static let emptyChoices = Fault.body(.emptyChoices)
    package static let choiceError = Fault.body(.choiceError)
    package static let missingUsage = Fault.body(.missingUsage)
    package static let nullCost = Fault.body(.nullCost)
    package static let exponentCost = Fault.body(.exponentCost)
    package static func costAs(_ number: String) -> Fault { .body(.costAs(number)) }
    package static let extraFields = Fault.body(.extraFields)
}
