import Vocabulary

/// An answer that refuses, before it is written in the shape of a server.
struct APIError: Error {
    /// The status that is sent.
    var status: Int
    /// The status that the body tells.
    var code: Int
    /// OpenRouter's `error_type`; the other shapes follow from it.
    var kind: String
    var message: String
    /// The request field that is at fault.
    var parameter: String?
    var metadata: [String: JSONValue]
    var availability: Availability?
    /// How long the prompt is that was too long.
    var promptTokens: Int?
    var headers: [String: String]
    /// A shape that is sent whatever server is imitated.
    var shape: ErrorShape?

    init(
        _ status: Int, code: Int? = nil, _ kind: String, _ message: String, parameter: String? = nil,
        metadata: [String: JSONValue] = [:], promptTokens: Int? = nil, headers: [String: String] = [:],
        shape: ErrorShape? = nil
    ) {
        self.status = status
        self.code = code ?? status
        self.kind = kind
        self.message = message
        self.parameter = parameter
        self.metadata = metadata
        self.promptTokens = promptTokens
        self.headers = headers
        self.shape = shape
    }

    /// The stand-in's own refusal of a request.
    static func badRequest(_ message: String, parameter: String? = nil) -> APIError {
        APIError(400, "invalid_request", message, parameter: parameter)
    }

    /// A refusal as OpenAI words it, by whatever server.
    static func unknownField(_ field: String) -> APIError {
        APIError(400, "invalid_request", "Unrecognized request argument supplied: \(field)", shape: .openAI)
    }

    static func unavailable(_ status: Int, _ kind: String, _ availability: Availability) -> APIError {
        var error = APIError(status, kind, availability.message)
        error.availability = availability
        return error
    }
}
