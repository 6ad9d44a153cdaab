import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

/// What becomes of the prices that a provider lists.
@Suite(.timeLimit(.minutes(1))) struct PriceLookupTests {
    /// Answers every request with a list in which the models of the provider "one" cost what they are set to cost.
    private struct PriceList: Transport {
        /// Dollars for each request to the first model; `nil` leaves it out.
        var request: String?

        func send(_ request: TransportRequest) async throws -> TransportResponse {
            let extra = self.request.map { #","request":"\#($0)""# } ?? ""
            let body = #"""
                {"data":[{"id":"a","pricing":{"prompt":"0.000001","completion":"0.00001"\#(extra)}}]}
                """#
            return TransportResponse(status: 200, headers: [], body: Data(body.utf8), elapsed: .zero)
        }
    }

    private func client(listing request: String?, configured: USD) -> FallbackClient {
        var configuration = ModelClientConfiguration.sample()
        configuration.models[0].requestPrice = configured
        return FallbackClient(PriceList(request: request), configuration, time: VirtualTime())
    }

    @Test func `a listed price for each request is taken over and told`() async throws {
        let client = client(listing: "0.002", configured: .zero)
        var told = client.alerts.makeAsyncIterator()
        try await client.refreshPrices()
        #expect(client.core.prices["a"]?.request == USD(nanos: 2_000_000))
        guard case .priceChanged(model: "a", let from, let to)? = await told.next() else {
            Issue.record("no word of the change")
            return
        }
        #expect("\(from)" == "1 / 10")
        #expect("\(to)" == "1 / 10 and \(USD(nanos: 2_000_000)) a request")
        // The price counts: a call that may cost no more than its tokens is not sent.
        let model = try #require(client.configuration.models.first)
        let limit = try #require(
            model.cost(promptTokens: PromptSize(of: .sample()).bytes, completionTokens: 100))
        let error = try await clientError { try await client.answer(.sample(spendLimit: limit)) }
        #expect(
            error?.skipped.contains(Skip(model: "a", reason: .overSpendLimit)) == true, "\(String(describing: error))")
    }

    @Test(arguments: [nil, "0.002"])
    func `the same price, or none, changes nothing`(listed: String?) async throws {
        let client = client(listing: listed, configured: USD(nanos: 2_000_000))
        try await client.refreshPrices()
        #expect(client.core.prices == [:])
    }
}
