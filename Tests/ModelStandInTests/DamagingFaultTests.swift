import Foundation
import ModelStandIn
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(5)))
struct DamagingFaultTests {
    private static let reply = #"{"label":"good"}"#
    /// 6 prompt tokens at 250 and 4 completion tokens at 2,000 nano-dollars.
    private static let fullCost = USD(nanos: 9_500)

    @Test func anEmptyBodyIsCharged() async throws {
        let (response, entry) = try await StandInFixture.meet(.emptyBody)
        #expect(response.status == 200)
        #expect(response.isComplete && response.body.isEmpty)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func halfAJSONTextIsCharged() async throws {
        let (response, entry) = try await StandInFixture.meet(.invalidJSON)
        #expect(response.isComplete)
        #expect(throws: (any Error).self) { try response.json() }
        #expect(entry.cost == Self.fullCost)
    }

    @Test func whitespaceMayComeBeforeTheAnswer() async throws {
        let (response, entry) = try await StandInFixture.meet(.leadingWhitespace)
        #expect(response.body.first == UInt8(ascii: "\n"))
        #expect(try response.content() == Self.reply)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func anAnswerWithoutUsageIsCharged() async throws {
        let (response, entry) = try await StandInFixture.meet(.missingUsage)
        #expect(try response.json()["usage"] == nil)
        #expect(try response.content() == Self.reply)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func aCostThatIsNotToldIsCharged() async throws {
        let (response, entry) = try await StandInFixture.meet(.nullCost)
        #expect(try response.json()["usage"]?["cost"] == .null)
        #expect(try response.json()["usage"]?["completion_tokens"]?.integer == 4)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func anEmptyAnswerCostsItsPrompt() async throws {
        let (response, entry) = try await StandInFixture.meet(.emptyContent)
        #expect(try response.content()?.isEmpty == true)
        #expect(try response.json()["choices"]?[0]?["finish_reason"]?.string == "stop")
        #expect(entry.completionTokens == 0)
        #expect(entry.cost == USD(nanos: 1_500))
    }

    @Test func aContentMayBeNull() async throws {
        let (response, entry) = try await StandInFixture.meet(.nullContent)
        #expect(try response.json()["choices"]?[0]?["message"]?["content"] == .null)
        #expect(entry.cost == USD(nanos: 1_500))
    }

    @Test func aTruncatedAnswerSaysSoAndCostsWhatItHolds() async throws {
        let (response, entry) = try await StandInFixture.meet(.truncated)
        #expect(try response.json()["choices"]?[0]?["finish_reason"]?.string == "length")
        #expect(try response.content() == #"{"label""#)
        #expect(entry.completionTokens == 2)
    }

    @Test func anAnswerMayBreakTheSchema() async throws {
        let (response, entry) = try await StandInFixture.meet(.schemaBreaking)
        let content = try JSONValue(parsing: Data(try #require(try response.content()).utf8))
        #expect(content.members != nil && content["label"] == nil)
        #expect(try #require(entry.cost) > Self.fullCost)
    }

    @Test func anAnswerMayBeWrappedInWords() async throws {
        let (response, _) = try await StandInFixture.meet(.fencedJSON)
        #expect(try response.content()?.contains("```json\n\(Self.reply)\n```") == true)
    }

    @Test func aConnectionCutBeforeTheHeadersIsCharged() async throws {
        let (response, entry) = try await StandInFixture.meet(.cutBeforeHeaders)
        #expect(response.bytes.isEmpty)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func aConnectionCutInTheBodyIsCharged() async throws {
        let (response, entry) = try await StandInFixture.meet(.cutMidBody)
        #expect(response.status == 200)
        #expect(!response.isComplete && !response.body.isEmpty)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func aSlowAnswerIsAnAnswer() async throws {
        let (response, entry) = try await StandInFixture.meet(.slow(milliseconds: 1))
        #expect(try response.content() == Self.reply)
        #expect(entry.fault == "slow:1")
    }

    @Test func `an answer of another model is charged at its price`() async throws {
        var prices = try StandInFixture.prices()
        prices["made/up"] = ModelPrice(prompt: .free, completion: try #require(TokenPrice(picos: 1_000_000)))
        let configuration = StandInConfiguration(
            prices: prices, faults: [FaultRule(model: "*", fault: .otherModel("made/up"))])
        try await StandInFixture.with(configuration) { (standIn) async throws in
            let json = try await standIn.ask(StandInFixture.request()).json()
            #expect(json["model"] == "made/up")
            let entry = try #require(standIn.bill.statement.requests.first)
            #expect(entry.model == StandInFixture.model)
            #expect(entry.servedBy == "made/up")
            #expect(entry.cost == USD(nanos: 4_000))
            #expect(json["usage"]?["cost"]?.decimal == entry.cost?.dollars)
        }
    }

    @Test(arguments: ["cost_as:1e-05", "cost_as:123456789012345678901234567890", "exponent_cost", "extra_fields"])
    func `an odd answer is charged in full`(name: String) async throws {
        let (response, entry) = try await StandInFixture.meet(try Fault(text: name))
        #expect(try response.content() == Self.reply)
        #expect(entry.cost == Self.fullCost)
    }

    @Test func aHangEndsAtItsLimit() async throws {
        let response = try await StandInFixture.with(Self.hanging(limit: .milliseconds(1))) { standIn in
            try await standIn.ask(StandInFixture.request())
        }
        #expect(response.bytes.isEmpty)
    }

    @Test func aHangEndsWhenTheClientGivesUp() async throws {
        let response = try await StandInFixture.with(Self.hanging(limit: .seconds(3600))) { standIn in
            let text = try StandInFixture.text(StandInFixture.request(), path: "/v1/chat/completions")
            return try await RawHTTPClient.send(text, toPort: standIn.port, thenClosing: true)
        }
        #expect(response.bytes.isEmpty)
    }

    @Test func aHangEndsWhenTheServerStops() async throws {
        let asking = try await StandInFixture.with(Self.hanging(limit: .seconds(3600))) { standIn in
            let asking = Task { try await standIn.ask(StandInFixture.request()) }
            for await _ in standIn.arrivals { break }
            return asking
        }
        #expect(try await asking.value.bytes.isEmpty)
    }

    private static func hanging(limit: Duration) -> StandInConfiguration {
        StandInConfiguration(faults: [FaultRule(model: "*", fault: .hang)], hangLimit: limit)
    }
}
