import ModelClient
import ModelStandIn
import Testing

/// A fault that the first of three models meets with every request, and what the client must make of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
    let fault: Fault
    /// The failures of the first model, one for each request; empty when its answer is good.
    var failures: [FailureKind]
    /// Who answers in the end; `nil` when the call fails.
    var answeredBy: String?
    /// The waits between the requests, each of full length.
    var waits: [Duration]
    /// Whether the provider charges for what the client cannot know the price of.
    var hidesCost: Bool
    /// Longest time for a request to the first model.
    var timeout: Duration

    init(
        _ fault: Fault, _ failures: [FailureKind], answeredBy: String?, waits: [Duration] = [], hidesCost: Bool = false,
        timeout: Duration = .seconds(50)
    ) {
        self.fault = fault
        self.failures = failures
        self.answeredBy = answeredBy
        self.waits = waits
        self.hidesCost = hidesCost
        self.timeout = timeout
    }

    var testDescription: String {
        guard case .raw(let response) = fault else { return fault.description }
        return "raw response with status \(response.status)"
    }

    static let all = refused + answered + broken + poor + unusual

    /// Refused before any work.
    private static let refused = [
        FaultCase(.rateLimited(retryAfter: nil), rateLimited, answeredBy: "second", waits: seconds(2, 4, 8)),
        FaultCase(.rateLimited(retryAfter: "soon"), rateLimited, answeredBy: "second", waits: seconds(2, 4, 8)),
        // A hint is obeyed, with a tenth more.
        FaultCase(.rateLimited(retryAfter: "1"), rateLimited, answeredBy: "second", waits: seconds(1.1, 1.1, 1.1)),
        FaultCase(.rateLimited(retryAfter: "2.5"), rateLimited, answeredBy: "second", waits: seconds(2.75, 2.75, 2.75)),
        // Ten seconds after the date of `VirtualTime`.
        FaultCase(
            .rateLimited(retryAfter: "Mon, 29 Dec 2025 09:20:10 GMT"), rateLimited, answeredBy: "second",
            waits: seconds(11, 11, 11)),
        FaultCase(.rateLimited(retryAfter: "3600"), [.rateLimited], answeredBy: "second"),
        FaultCase(.dailyQuota, [.quotaExceeded], answeredBy: "second"),
        FaultCase(.unavailable(retryAfter: nil), unavailable, answeredBy: "second", waits: seconds(2)),
        FaultCase(.unavailable(retryAfter: "30"), unavailable, answeredBy: "second", waits: seconds(33)),
        FaultCase(.unavailable(retryAfter: "600"), [.unavailable], answeredBy: "second"),
        FaultCase(.overloaded, unavailable, answeredBy: "second", waits: seconds(2)),
        FaultCase(.serverError, unavailable, answeredBy: "second"),
        FaultCase(.badGateway, unavailable, answeredBy: "second"),
        FaultCase(.errorBody, unavailable, answeredBy: "second"),
        FaultCase(.choiceError, unavailable, answeredBy: "second"),
        FaultCase(.emptyChoices, [.malformedResponse], answeredBy: "second"),
        FaultCase(.unknownModel, [.unknownModel], answeredBy: "second"),
        FaultCase(.contextTooLong, [.contextTooLong], answeredBy: "second"),
        // Key and credit are those of the provider: its other model is not asked.
        FaultCase(.unauthorized, [.authentication], answeredBy: "third"),
        FaultCase(.paymentRequired, [.quotaExceeded], answeredBy: "third"),
        // What is wrong with the request is so for every model.
        FaultCase(.flatError, [.invalidRequest], answeredBy: nil),
        // Redirects are not followed.
        FaultCase(
            .raw(RawResponse(status: 302, headers: ["Location": "/v1/models"])), [.malformedResponse],
            answeredBy: "second"),
    ]

    /// Answered well enough.
    private static let answered = [
        FaultCase(.slow(milliseconds: 20), [], answeredBy: "first"),
        FaultCase(.fencedJSON, [], answeredBy: "first"),
        FaultCase(.leadingWhitespace, [], answeredBy: "first"),
        FaultCase(.nullCost, [], answeredBy: "first"),
        FaultCase(.missingUsage, [], answeredBy: "first", hidesCost: true),
    ]

    /// Answered and charged, but the answer is lost.
    private static let broken = [
        FaultCase(.hang, [.timeout], answeredBy: "second", hidesCost: true, timeout: .seconds(1)),
        FaultCase(.cutBeforeHeaders, [.timeout], answeredBy: "second", hidesCost: true),
        FaultCase(.cutMidBody, [.timeout], answeredBy: "second", hidesCost: true),
        FaultCase(.emptyBody, [.malformedResponse], answeredBy: "second", hidesCost: true),
        FaultCase(.invalidJSON, [.malformedResponse], answeredBy: "second", hidesCost: true),
    ]

    /// Answered and charged, but not as asked.
    private static let poor = [
        FaultCase(.emptyContent, [.poorAnswer], answeredBy: "second"),
        FaultCase(.nullContent, [.poorAnswer], answeredBy: "second"),
        FaultCase(.truncated, [.poorAnswer], answeredBy: "second"),
        FaultCase(.schemaBreaking, [.poorAnswer], answeredBy: "second"),
    ]

    private static let rateLimited = Array(repeating: FailureKind.rateLimited, count: 4)
    private static let unavailable = Array(repeating: FailureKind.unavailable, count: 2)

    static func seconds(_ values: Double...) -> [Duration] {
        values.map { .milliseconds(Int($0 * 1000)) }
    }
}
