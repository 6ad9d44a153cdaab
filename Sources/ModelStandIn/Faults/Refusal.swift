/// A request that is refused before any work: nothing is charged.
///
/// A request for a stream is refused like any other, with a JSON error and a real status.
package enum Refusal: Sendable, Hashable {
    // Too much at once.
    /// 429. The Retry-After header is sent exactly as given, or not at all.
    case rateLimited(retryAfter: String?)
    /// 429 without a header. The end of the wait stands in `error.metadata.headers` alone, exactly as given; otherwise
    /// it is a minute from now, in milliseconds since 1970.
    case rateLimitReset(at: String?)
    /// 429 because the day's free requests are used up.
    case dailyQuota
    /// 429 with an `availability` object that allows a retry, after so many seconds if given.
    case capacityExhausted(retryAfter: Int?)
    /// 503. The Retry-After header is sent exactly as given, or not at all.
    case unavailable(retryAfter: String?)
    /// 529.
    case overloaded

    // The key and its money.
    case unauthorized
    case paymentRequired
    /// 402 because the credit does not cover `max_tokens`. With a number of tokens that it covers, requests for no more
    /// than that are answered.
    case fewerMaxTokens(affordable: Int?)
    /// 403 because the key has spent what it may.
    case keyLimit
    /// 403 because a workspace has spent what it may.
    case budgetExceeded

    // The model.
    case unknownModel
    /// 404 with an `availability` object that names other models.
    case noEndpoints
    /// 404 with an `availability` object: every endpoint costs more than `provider.max_price`.
    case overMaxPrice
    case contextTooLong

    // The server.
    case serverError
    /// 502 with a page in HTML.
    case badGateway
    /// 524 with a page in HTML.
    case edgeTimeout

    // Errors in an unusual form.
    /// 400 with vLLM's older body: the error's members at the top.
    case flatError
    /// 500 with a word as the code.
    case stringCode
    /// 503 with `http_status` in place of the code.
    case noCode
    /// 200 with an error and no choices.
    case errorBody
}

extension Fault {
    package static func rateLimited(retryAfter: String?) -> Fault { .refusal(.rateLimited(retryAfter: retryAfter)) }
    package static func rateLimitReset(at: String?) -> Fault { .refusal(.rateLimitReset(at: at)) }
    package static let dailyQuota = Fault.refusal(.dailyQuota)
    package static func capacityExhausted(retryAfter: Int?) -> Fault {
        .refusal(.capacityExhausted(retryAfter: retryAfter))
    }
    package static func unavailable(retryAfter: String?) -> Fault { .refusal(.unavailable(retryAfter: retryAfter)) }
    package static let overloaded = Fault.refusal(.overloaded)
    package static let unauthorized = Fault.refusal(.unauthorized)
    package static let paymentRequired = Fault.refusal(.paymentRequired)
    package static func fewerMaxTokens(affordable: Int?) -> Fault { .refusal(.fewerMaxTokens(affordable: affordable)) }
    package static let keyLimit = Fault.refusal(.keyLimit)
    package static let budgetExceeded = Fault.refusal(.budgetExceeded)
    package static let unknownModel = Fault.refusal(.unknownModel)
    package static let noEndpoints = Fault.refusal(.noEndpoints)
    package static let overMaxPrice = Fault.refusal(.overMaxPrice)
    package static let contextTooLong = Fault.refusal(.contextTooLong)
    package static let serverError = Fault.refusal(.serverError)
    package static let badGateway = Fault.refusal(.badGateway)
    package static let edgeTimeout = Fault.refusal(.edgeTimeout)
    package static let flatError = Fault.refusal(.flatError)
    package static let stringCode = Fault.refusal(.stringCode)
    package static let noCode = Fault.refusal(.noCode)
    package static let errorBody = Fault.refusal(.errorBody)
}
