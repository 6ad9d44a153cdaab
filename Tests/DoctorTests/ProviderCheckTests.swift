import Foundation
import HTTPCore
import HTTPTransport
import ModelClient
import Testing

@testable import Doctor

/// What a provider's answers say about it.
@Suite struct ProviderCheckTests {
    private func check(_ dialect: Provider.Dialect = .openRouter, key: String? = "k") -> ProviderCheck {
        ProviderCheck(
            provider: Provider(
                name: "router", baseURL: "http://127.0.0.1:1/v1", apiKey: key.map { Secret($0) }, dialect: dialect),
            transport: CannedTransport([:]))
    }

    private func answer(_ status: Int, _ body: String = "") -> TransportResponse {
        TransportResponse(status: status, body: Data(body.utf8))
    }

    @Test(arguments: [
        (200, #"{"data":[{"id":"a"}]}"#, Finding.Status.ok, "lists 1 models"),
        (200, "<html>", .warn, "cannot be read"), (401, "", .fail, "refuses the key (401)"),
        (403, "", .fail, "refuses the key"), (404, "", .warn, "lists no models"), (503, "", .fail, "status 503"),
    ])
    func `a list is read, and what is none is told`(status: Int, body: String, verdict: Finding.Status, words: String) {
        let (finding, _) = check().reading(of: answer(status, body))
        #expect(finding.status == verdict)
        #expect(finding.message.contains(words))
    }

    @Test func `a provider that wants a key and gets none is told so`() {
        #expect(check(key: nil).reading(of: answer(401)).0.message == "wants a key (401)")
    }

    @Test(arguments: [
        (200, #"{"data":{"limit_remaining":12.5}}"#, Finding.Status.ok, "$12.5 of its limit left"),
        (200, #"{"data":{"limit_remaining":null}}"#, .ok, "takes the key"),
        (200, #"{"data":{"limit_remaining":0}}"#, .fail, "used up"), (401, "", .fail, "refuses the key"),
    ])
    func `OpenRouter says whether the key is good`(
        status: Int, body: String, verdict: Finding.Status, words: String
    ) throws {
        let finding = try #require(check().keyReading(of: answer(status, body)))
        #expect(finding.status == verdict)
        #expect(finding.message.contains(words))
    }

    @Test func `another answer says nothing about the key`() {
        #expect(check().keyReading(of: answer(404)) == nil)
    }

    @Test func `only OpenRouter is asked about the key`() async {
        let list = TransportResponse(status: 200, body: Data(#"{"data":[]}"#.utf8))
        for (dialect, requests) in [(Provider.Dialect.openRouter, ["models", "key"]), (.vLLM, ["models"])] {
            let transport = CannedTransport(["models": list, "key": TransportResponse(status: 200)])
            let provider = Provider(
                name: "p", baseURL: "http://127.0.0.1:1/v1", apiKey: Secret("k"), dialect: dialect)
            _ = await ProviderCheck(provider: provider, transport: transport).run()
            #expect(transport.asked == requests)
        }
    }

    @Test(.timeLimit(.minutes(5))) func `a provider that nobody listens for cannot be reached`() async throws {
        let transport = CurlTransport()
        let provider = Provider(name: "local", baseURL: "http://127.0.0.1:1/v1")
        let (findings, listing) = await ProviderCheck(provider: provider, transport: transport).run()
        await transport.close()
        #expect(listing == nil)
        #expect(findings.map(\.status) == [.fail])
        #expect(findings.first?.message.contains("cannot be reached at http://127.0.0.1:1/v1") == true)
    }
}
