import Vocabulary

/// An answer that refuses, in the shape of the server it imitates.
struct APIError: Error {
    var status: Int
    var body: JSONValue
    var headers: [String: String] = [:]

    /// The stand-in's own refusal of a request, as OpenAI words it.
    static func badRequest(_ message: String) -> APIError {
        APIError(
            status: 400,
            body: [
                "error": [
                    "message": .string(message), "type": "invalid_request_error", "param": .null, "code": .null,
                ]
            ])
    }

    /// An error in OpenRouter's shape.
    static func openRouter(
        _ status: Int, _ kind: String, _ message: String, metadata: [String: JSONValue] = [:],
        headers: [String: String] = [:]
    ) -> APIError {
        let metadata = metadata.merging(["error_type": .string(kind)]) { own, _ in own }
        return APIError(
            status: status,
            body: [
                "error": [
                    "code": .integer(Int64(status)), "message": .string(message), "metadata": .object(metadata),
                ]
            ],
            headers: headers)
    }
}
