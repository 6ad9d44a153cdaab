import Foundation
import Vocabulary

/// What the server does with a request, and what it puts on the bill for it.
struct Outcome {
    var status: Int
    var headers: [String: String]
    /// How the body is sent.
    var steps: [BodyStep]
    /// The length that is announced, in bytes; `nil` for a body in pieces.
    var length: Int?
    var delay: Duration = .zero
    /// Without headers there is no body either.
    var sendsHeaders = true
    var ending = Ending.complete
    /// What is charged; `nil` when no model has answered.
    var charge: Charge?

    /// What happens after the last step.
    enum Ending {
        case complete
        /// The connection is closed.
        case cut
        /// The connection is reset.
        case reset
        /// Nothing more is sent while the connection stays open.
        case stall
    }

    struct Charge {
        var tokens: TokenCount
        /// `nil` when the price is not known.
        var cost: USD?
        /// The model that answered.
        var model: String
        var finishReason: String
        var isStream: Bool
    }

    /// A response at no cost.
    init(status: Int, headers: [String: String], text: String) {
        self.init(status: status, headers: headers, whole: Data(text.utf8))
    }

    init(refusing error: APIError, shape: ErrorShape) {
        let shape = error.shape ?? shape
        // Encoding fails only for numbers that JSON cannot write; the server makes none.
        let body = (try? shape.body(of: error).canonicalData()) ?? Data()
        self.init(
            status: shape.status(of: error),
            headers: error.headers.merging(["Content-Type": "application/json"]) { own, _ in own }, whole: body)
    }

    private init(status: Int, headers: [String: String], whole body: Data) {
        self.status = status
        self.headers = headers
        steps = body.isEmpty ? [] : [.write(body)]
        length = body.count
    }

    /// The response with an answer, charged at its cost.
    ///
    /// The charge does not depend on how much of it the client takes: a stream that is broken off early is charged to
    /// its end. Some providers stop at the cut and others do not, so this is what a budget must expect.
    init(of answer: Answer) {
        if answer.form.isStream {
            let script = StreamScript(of: answer)
            self.init(status: 200, headers: ["Content-Type": "text/event-stream"], whole: Data())
            (steps, ending, length) = (script.steps, script.ending, nil)
        } else {
            self.init(
                status: 200, headers: ["Content-Type": "application/json"].merging(answer.costHeader) { own, _ in own },
                whole: answer.data(answer.whole))
        }
        send(answer.form.bytes)
        let completion = answer.completion
        charge = Charge(
            tokens: completion.tokens, cost: completion.cost, model: completion.model,
            finishReason: completion.finishReason, isStream: answer.form.isStream)
    }

    private mutating func send(_ bytes: AnswerForm.BytesSent) {
        switch bytes {
        case .all: return
        case .none: steps = []
        case .firstHalf: steps = steps.firstHalf
        case .afterBlankLines: steps.insert(.write(Data("\n\n  \n".utf8)), at: 0)
        }
        length = length == nil ? nil : steps.size
    }
}
