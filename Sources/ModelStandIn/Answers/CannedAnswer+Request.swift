import BellhopTesting
import Foundation
import Vocabulary

extension CannedAnswers {
    /// The first entry that answers the request.
    func first(for request: CompletionRequest) -> CannedAnswer? {
        entries.first { $0.answers(request) }
    }
}

extension CannedAnswer {
    fileprivate func answers(_ request: CompletionRequest) -> Bool {
        let asked =
            switch (request.answerName, request.task) {
            case (let name?, let label): name == answer && (label == nil || task == nil || label == task?.rawValue)
            case (nil, let label?): label == task?.rawValue
            case (nil, nil): false
            }
        return asked && when.allSatisfy(request.userText.contains)
    }

    /// The reply as the model writes it: as JSON when there is a schema, else a text as it is.
    func text(for request: CompletionRequest) -> String {
        request.schema == nil ? reply.string ?? reply.text : reply.text
    }
}

extension CompletionRequest {
    /// The reply to a question that nobody wrote an answer to.
    var minimalReply: String {
        schema.map { MinimalReply.value(for: $0).text } ?? "The stand-in has nothing to say to this."
    }
}

extension JSONValue {
    /// The value as JSON text.
    fileprivate var text: String {
        // Encoding fails only for numbers that JSON cannot write; parsed values have none.
        (try? canonicalData()).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
