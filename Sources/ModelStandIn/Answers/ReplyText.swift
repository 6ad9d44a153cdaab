import Foundation
import Vocabulary

extension CannedAnswer {
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
