/// Why a handler's question got no answer. Handlers let it pass; the runner turns it into what becomes of the event.
package enum QuestionError: Error, Sendable, Hashable {
    /// No model gave a good answer this time.
    case noAnswer(reason: String)
    /// The providers ask to wait.
    case wait(Duration, reason: String)
    /// No model could be asked: all are down, out of quota or refuse the key. Nothing is wrong with the question.
    case outage(reason: String)
    /// Neither waiting nor another model will help; a person has to look.
    case needsPerson(Cause, reason: String)

    /// What a person has to look at.
    package enum Cause: String, Sendable, Hashable {
        case noModelAllowed = "no_model_allowed"
        case wrongRequest = "wrong_request"
        case spendLimit = "spend_limit"
        case requestLimit = "request_limit"
        case unknownModels = "unknown_models"
        /// A rehearsal from the journal needs an answer that is not recorded.
        case notRecorded = "not_recorded"
    }

    static let outOfTime = QuestionError.noAnswer(reason: "the event used up its time")
}
