import ModelClient
import ModelStandIn

extension FaultCase {
    /// Known failures, and good answers, in forms that are seen less often.
    static let unusual = [
        // Ten seconds after the date of `VirtualTime`.
        FaultCase(
            .rateLimitReset(at: "1767000010000"), times(4, .rateLimited), answeredBy: "second",
            waits: seconds(11, 11, 11)),
        FaultCase(
            .capacityExhausted(retryAfter: 1), times(4, .rateLimited), answeredBy: "second",
            waits: seconds(1.1, 1.1, 1.1)),
        FaultCase(.fewerMaxTokens(affordable: nil), [.quotaExceeded], answeredBy: "third"),
        FaultCase(.keyLimit, [.quotaExceeded], answeredBy: "third"),
        FaultCase(.budgetExceeded, [.quotaExceeded], answeredBy: "third"),
        FaultCase(.noEndpoints, [.unknownModel], answeredBy: "second"),
        FaultCase(.overMaxPrice, [.constrained], answeredBy: "second"),
        FaultCase(.edgeTimeout, [.timeout], answeredBy: "second"),
        FaultCase(.stringCode, times(2, .unavailable), answeredBy: "second"),
        FaultCase(.noCode, times(2, .unavailable), answeredBy: "second", waits: seconds(2)),
        FaultCase(.slowBody(milliseconds: 0), [], answeredBy: "first"),
        FaultCase(.resetAfterHeaders, [.timeout], answeredBy: "second", hidesCost: true),
        FaultCase(.otherModel(nil), [], answeredBy: "first"),
        FaultCase(.exponentCost, [], answeredBy: "first"),
        // Too much to be believed, so the price list counts.
        FaultCase(.costAs("123456789012345678901234567890"), [], answeredBy: "first"),
        FaultCase(.extraFields, [], answeredBy: "first"),
    ]

    private static func times(_ count: Int, _ kind: FailureKind) -> [FailureKind] {
        Array(repeating: kind, count: count)
    }
}
