/// Something that goes wrong between a client and a model. Its text form names it in files and on the command line.
///
/// What a provider would charge for is charged on the bill too: everything that went wrong after the model had
/// answered. What is refused costs nothing.
package enum Fault: Sendable, Hashable {
    // Refused: nothing is charged.
    /// 429. The Retry-After header is sent exactly as given, or not at all.
    case rateLimited(retryAfter: String?)
    /// 429 because the day's free requests are used up.
    case dailyQuota
    case unauthorized
    case paymentRequired
    case unknownModel
    case contextTooLong
    case serverError
    /// 502 with a page in HTML.
    case badGateway
    /// 503. The Retry-After header is sent exactly as given, or not at all.
    case unavailable(retryAfter: String?)
    /// 529.
    case overloaded
    /// 400 with vLLM's older body: the error's members at the top.
    case flatError
    /// 200 with an error and no choices.
    case errorBody
    /// 200 with a part of the text and an error in the choice.
    case choiceError
    /// 200 without a choice.
    case emptyChoices

    // Answered, but late or not to the end.
    case slow(milliseconds: Int)
    /// The answer does not come; the connection stays open until the client gives up or the hang limit is over.
    case hang
    case cutBeforeHeaders
    case cutMidBody
    /// 200 with no body at all.
    case emptyBody
    /// 200 with half of a JSON text as a complete body.
    case invalidJSON

    // Answered, but not as asked.
    case emptyContent
    case nullContent
    /// Half of the text, finished because of its length.
    case truncated
    /// A JSON object that no schema of a question allows.
    case schemaBreaking
    /// The right answer inside a code fence, with words around it.
    case fencedJSON
    case leadingWhitespace
    case missingUsage
    case nullCost

    /// Exactly this response, at no cost.
    case raw(RawResponse)
}

/// A response that is sent as it is written here.
package struct RawResponse: Sendable, Hashable, Codable {
    /// From 200 to 599.
    package let status: Int
    package let headers: [String: String]
    package let body: String

    /// - Precondition: the status is from 200 to 599.
    package init(status: Int, headers: [String: String] = [:], body: String = "") {
        precondition(Self.statuses.contains(status), "a raw response has a status from 200 to 599")
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        status = try container.decode(Int.self, forKey: .status)
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers) ?? [:]
        body = try container.decodeIfPresent(String.self, forKey: .body) ?? ""
        guard Self.statuses.contains(status) else {
            throw DecodingError.dataCorruptedError(
                forKey: .status, in: container, debugDescription: "a raw response has a status from 200 to 599")
        }
    }

    private static let statuses = 200...599
}
