import Foundation
import ModelClient
import Testing
import Vocabulary

@testable import Doctor

/// What a tiny question brings to light.
@Suite struct ProbeReadingTests {
    private let provider = Provider(name: "router", baseURL: "http://127.0.0.1:1/v1", dialect: .openRouter)
    private let model = Samples.model("a/b")

    private func finding(
        cost: Cost = .billed(.cents(1)), usage: Usage? = Usage(promptTokens: 20, completionTokens: 5),
        isStreamed: Bool = false, pieces: Int = 0, named name: String? = "a/b", dialect: Provider.Dialect = .openRouter
    ) -> Finding {
        var provider = provider
        provider.dialect = dialect
        let reply = ModelReply(
            content: .json(["fruit": "apple"]), model: "a/b", isFallback: false,
            attempts: [Attempt(model: "a/b", status: 200, elapsed: .milliseconds(420), usage: usage, cost: cost)])
        return ProbeReading(outcome: .answered(reply), isStreamed: isStreamed, pieces: pieces, answeringModel: name)
            .finding(of: model, at: provider)
    }

    @Test func `a good answer tells time and cost`() {
        let found = finding()
        #expect(found.status == .ok)
        #expect(found.message == "whole: answered in 420 ms, billed $0.010000")
        #expect(found.advice == nil)
    }

    @Test func `what the server leaves out is a warning`() {
        let noCost = finding(cost: .estimated(.cents(2)))
        #expect(noCost.status == .warn)
        #expect(noCost.message.contains("$0.020000 by the configured price, the server tells no cost"))
        let noUsage = finding(cost: .unknown, usage: nil)
        #expect(noUsage.status == .warn)
        #expect(noUsage.message.contains("cost not known, the server tells no usage"))
    }

    @Test func `only OpenRouter promises a cost`() {
        #expect(finding(cost: .estimated(.cents(2)), dialect: .vLLM).status == .ok)
    }

    @Test func `a streamed answer must come in pieces`() {
        #expect(finding(isStreamed: true, pieces: 3).status == .ok)
        let whole = finding(isStreamed: true, pieces: 1)
        #expect(whole.status == .warn)
        #expect(whole.message.contains("came in one piece"))
    }

    @Test func `another name for the model is mentioned`() {
        let found = finding(named: "a/b-20260101")
        #expect(found.status == .ok)
        #expect(found.message.hasSuffix("the server calls the model \"a/b-20260101\""))
    }

    @Test func `no good answer fails with the reason`() {
        let found = ProbeReading(outcome: .failed("invalid_request: status 400"), isStreamed: false, pieces: 0)
            .finding(of: model, at: provider)
        #expect(found.status == .fail)
        #expect(found.message == "whole: no good answer; invalid_request: status 400")
    }

    @Test(arguments: [
        (#"{"model":"a"}"#, "a"), ("data: {\"model\":\"b\"}\n\ndata: [DONE]\n", "b"),
        (": comment\r\n\r\ndata:{\"choices\":[]}\r\n\r\ndata: {\"model\":\"c\"}\r\n", "c"), ("<html>", nil), ("", nil),
        ("[1]", nil),
    ])
    func `the model's name is found in an answer and in a stream`(body: String, name: String?) {
        #expect(ModelNameObserver.model(in: Data(body.utf8)) == name)
    }

    @Test func `the cheapest model that questions come to is asked`() {
        var configuration = Samples.configuration([
            Samples.model("dear", completion: 9_000_000, fallbacks: ["cheap", "unpriced"]), Samples.model("cheap"),
            Samples.model("unpriced", prompt: nil), Samples.model("spare", prompt: 1, completion: 1),
        ])
        func cheapest(_ listing: ModelListing? = nil) -> String? {
            configuration.cheapestModel(of: provider, listed: listing)?.name
        }
        #expect(cheapest() == "cheap")
        #expect(cheapest(ModelListing(entries: [Samples.listed("dear"), Samples.listed("unpriced")])) == "dear")
        #expect(cheapest(ModelListing(entries: [Samples.listed("unpriced")])) == "unpriced")
        configuration.models[0].fallbacks = ["unpriced"]
        #expect(cheapest() == "dear")
        let nobody = Provider(name: "nobody", baseURL: "http://127.0.0.1:1/v1")
        #expect(configuration.cheapestModel(of: nobody, listed: nil) == nil)
    }
}
