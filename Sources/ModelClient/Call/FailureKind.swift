/// The kinds of failure, told apart because each asks for something else.
public enum FailureKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Too many requests for the moment.
    case rateLimited = "rate_limited"
    /// A daily or paid-for quota is used up; waiting a little does not help.
    case quotaExceeded = "quota_exceeded"
    /// The connection could not be made; nothing was sent.
    case notConnected = "not_connected"
    /// Sent, but no complete answer in time or at all; it may have been billed.
    case timeout
    /// The server or the model behind it is down or overloaded.
    case unavailable
    /// The key is missing, wrong or not allowed.
    case authentication
    /// The request itself is wrong; repeating it cannot help.
    case invalidRequest = "invalid_request"
    /// The prompt does not fit this model.
    case contextTooLong = "context_too_long"
    /// The provider does not have this model.
    case unknownModel = "unknown_model"
    /// The provider has the model, but nobody who serves it within the price, privacy or parameters asked for.
    case constrained
    /// The provider refused the content.
    case refused
    /// The response could not be understood.
    case malformedResponse = "malformed_response"
    /// The answer breaks the schema, is empty or cut off, or the caller's check complained.
    case poorAnswer = "poor_answer"
}
