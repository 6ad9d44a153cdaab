import Vocabulary

/// A completion, and the way in which it is written down.
struct Answer {
    var completion: Completion
    var form: AnswerForm
    let traits: PersonalityTraits

    init(_ completion: Completion, to request: CompletionRequest, traits: PersonalityTraits) {
        self.completion = completion
        self.traits = traits
        let usage: StreamForm.UsagePlace =
            traits.alwaysStreamsUsage || request.asksForUsage ? .lastWithoutChoices : .nowhere
        form = AnswerForm(isStream: request.streams, stream: StreamForm(usage: usage))
    }

    /// Ends the stream in the middle with an error of this code.
    mutating func breakOff(with code: JSONValue) {
        completion.breakOff()
        form.stream.interruption = .error(code: code)
    }
}

/// How an answer is written down.
struct AnswerForm {
    var isStream: Bool
    var stream: StreamForm
    /// Whether there is a usage at all.
    var tellsUsage = true
    var cost = CostForm.plain
    var hasChoices = true
    /// An error that stands in the choice.
    var choiceError: JSONValue?
    /// Whether every object has a member that nobody knows.
    var hasExtraFields = false
    var bytes = BytesSent.all

    enum CostForm {
        case plain, null, withExponent
        /// Exactly this JSON number.
        case literally(String)
    }

    /// Which bytes of the body are sent.
    enum BytesSent {
        case all, none, firstHalf, afterBlankLines
    }
}

/// What is particular to an answer in pieces.
struct StreamForm {
    var usage: UsagePlace
    /// For how long there are comments only.
    var commentsFirst: Duration?
    var hasMalformedLine = false
    var endsWithDone = true
    var splitsCharacters = false
    var lineEnd = "\n"
    var interruption: Interruption?

    enum UsagePlace {
        case nowhere, lastWithoutChoices, lastWithEmptyChoice, onFinish, onEveryChunk
    }

    enum Interruption {
        case cut(afterTokens: Int)
        case end(afterTokens: Int)
        case stall(afterTokens: Int)
        /// After everything that is said.
        case error(code: JSONValue)
    }
}
