import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct RefusingFaultTests {
    @Test(arguments: [
        (Fault.rateLimited(retryAfter: "3600"), 429, "rate_limit_exceeded"), (.dailyQuota, 429, "rate_limit_exceeded"),
        (.unauthorized, 401, "authentication"), (.paymentRequired, 402, "payment_required"),
        (.unknownModel, 404, "not_found"), (.contextTooLong, 400, "context_length_exceeded"),
        (.serverError, 500, "server"), (.unavailable(retryAfter: nil), 503, "provider_overloaded"),
        (.overloaded, 529, "provider_overloaded"), (.errorBody, 200, "provider_unavailable"),
    ])
    func namesItsKindAndCostsNothing(fault: Fault, status: Int, kind: String) async throws {
        let (response, entry) = try await StandInFixture.meet(fault)
        #expect(response.status == status)
        #expect(try response.json()["error"]?["metadata"]?["error_type"]?.string == kind)
        #expect(try response.json()["choices"] == nil)
        #expect(entry.status == status)
        #expect(entry.cost == .zero)
        #expect(entry.fault == fault.description)
    }

    @Test(arguments: ["0", "40", "Wed, 21 Oct 2026 07:28:00 GMT", "soon", "-5", nil])
    func retryAfterIsSentAsWritten(hint: String?) async throws {
        let limited = try await StandInFixture.meet(.rateLimited(retryAfter: hint))
        #expect(limited.response.header("Retry-After") == hint)
        let unavailable = try await StandInFixture.meet(.unavailable(retryAfter: hint))
        #expect(unavailable.response.header("Retry-After") == hint)
    }

    @Test func aBadGatewayAnswersInHTML() async throws {
        let (response, entry) = try await StandInFixture.meet(.badGateway)
        #expect(response.status == 502)
        #expect(response.header("Content-Type") == "text/html")
        #expect(entry.cost == .zero)
    }

    @Test func aFlatErrorHasItsMembersAtTheTop() async throws {
        let (response, entry) = try await StandInFixture.meet(.flatError)
        #expect(response.status == 400)
        #expect(try response.json()["object"]?.string == "error")
        #expect(try response.json()["error"] == nil)
        #expect(entry.cost == .zero)
    }

    @Test func emptyChoicesCostNothing() async throws {
        let (response, entry) = try await StandInFixture.meet(.emptyChoices)
        #expect(try response.json()["choices"] == [])
        #expect(try response.json()["usage"]?["cost"] == 0)
        #expect(entry.cost == .zero)
    }

    @Test func aBrokenChoiceHoldsAPartAndAnErrorAndCostsNothing() async throws {
        let (response, entry) = try await StandInFixture.meet(.choiceError)
        let choice = try #require(try response.json()["choices"]?[0])
        #expect(choice["finish_reason"]?.string == "error")
        #expect(choice["error"]?["code"]?.integer == 502)
        #expect(choice["message"]?["content"]?.string == #"{"label""#)
        #expect(entry.cost == .zero)
    }

    @Test func aRawResponseIsSentAsWritten() async throws {
        let raw = RawResponse(status: 524, headers: ["Content-Type": "text/plain", "X-Odd": "1"], body: "<odd>")
        let (response, entry) = try await StandInFixture.meet(.raw(raw))
        #expect(response.status == 524)
        #expect(response.header("Content-Type") == "text/plain")
        #expect(response.header("X-Odd") == "1")
        #expect(response.body == Data("<odd>".utf8))
        #expect(entry.cost == .zero)
    }

    @Test func `requests that the credit covers are answered`() async throws {
        let configuration = StandInConfiguration(
            faults: [FaultRule(model: "*", fault: .fewerMaxTokens(affordable: 100))])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let refused = try await standIn.ask(StandInFixture.request(maxTokens: 101))
            #expect(refused.status == 402)
            #expect(try refused.json()["error"]?["message"]?.string?.contains("can only afford 100.") == true)
            #expect(try await standIn.ask(StandInFixture.request(maxTokens: 100)).status == 200)
        }
    }

    @Test func `names other models of the price list`() async throws {
        var prices = try StandInFixture.prices()
        for id in ["b/b", "a/a"] { prices[id] = ModelPrice(prompt: .free, completion: .free) }
        let configuration = StandInConfiguration(
            prices: prices, faults: [FaultRule(model: StandInFixture.model, fault: .noEndpoints)])
        let response = try await StandInFixture.with(configuration) { try await $0.ask(StandInFixture.request()) }
        #expect(try response.json()["error"]?["availability"]?["fallback_models"] == ["a/a", "b/b"])
    }

    @Test func aRuleAppliesToItsModelUntilItIsUsedUp() async throws {
        let configuration = StandInConfiguration(faults: [
            FaultRule(model: "made/up", fault: .overloaded),
            FaultRule(model: StandInFixture.model, fault: .serverError, times: 2),
            FaultRule(model: "*", fault: .unavailable(retryAfter: nil), times: 1),
        ])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            var statuses: [Int?] = []
            for _ in 0..<4 {
                statuses.append(try await standIn.ask(StandInFixture.request()).status)
            }
            #expect(statuses == [500, 500, 503, 200])
            #expect(try await standIn.ask(StandInFixture.request(model: "made/up")).status == 529)
            #expect(try await standIn.ask(StandInFixture.request(model: "made/up")).status == 529)
        }
    }
}
