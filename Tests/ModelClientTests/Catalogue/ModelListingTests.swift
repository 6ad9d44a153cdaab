import Foundation
import ModelClient
import Testing
import Vocabulary

struct ModelListingTests {
    private func listing(_ text: String) throws -> ModelListing {
        try ModelListing(parsing: Data(text.utf8))
    }

    private func prices(_ pricing: String) throws -> ModelListing.Entry {
        try #require(try listing(#"{"data":[{"id":"m","pricing":\#(pricing)}]}"#).entries.first)
    }

    @Test func `reads what OpenRouter lists, prices exactly`() throws {
        let entry = try #require(
            try listing(
                """
                {"total_count":1,"data":[{"id":"google/gemini-3.1-flash-lite","name":"Gemini","context_length":1048576,
                "pricing":{"prompt":"0.00000025","completion":"0.0000015","request":"0.002",
                "input_cache_read":"0.000000025","input_cache_write":"0.000000083333","image":"0"},
                "expiration_date":"2027-01-31","supported_parameters":["seed"]}]}
                """
            ).entries.first)
        #expect(entry.id == "google/gemini-3.1-flash-lite")
        #expect(entry.promptPrice == TokenPrice(picos: 250_000))
        #expect(entry.completionPrice == TokenPrice(picos: 1_500_000))
        #expect(entry.cachedPromptPrice == TokenPrice(picos: 25_000))
        #expect(entry.requestPrice == USD(nanos: 2_000_000))
        #expect(entry.contextLength == 1_048_576)
        #expect(entry.expirationDate == "2027-01-31")
    }

    @Test(arguments: [
        (#"{"prompt":"-1","completion":"0"}"#, nil), (#"{"completion":"0"}"#, nil), ("null", nil), ("[]", nil),
        (#"{"prompt":"free"}"#, nil), (#"{"prompt":null}"#, nil), (#"{"prompt":"1e99"}"#, nil),
        (#"{"prompt":""}"#, nil),
        (#"{"prompt":"0"}"#, 0), (#"{"prompt":"1e-7"}"#, 100_000), (#"{"prompt":0.0000001}"#, 100_000),
        (#"{"prompt":"0.0000000000001"}"#, 1), (#"{"prompt":"0.000001","discount":0.25}"#, 750_000),
        (#"{"prompt":"0.000001","discount":7}"#, 1_000_000),
    ])
    func `a price that cannot be read is not known`(pricing: String, picos: Int64?) throws {
        #expect(try prices(pricing).promptPrice == picos.flatMap { TokenPrice(picos: $0) })
    }

    @Test func `other servers list little more than ids`() throws {
        let listing = try listing(
            #"{"object":"list","data":[{"id":"llama3:latest","object":"model","owned_by":"library"},{"object":"model"},7]}"#
        )
        #expect(listing.entries == [ModelListing.Entry(id: "llama3:latest")])
        #expect(listing.entry(for: "llama3", dialect: .ollama)?.id == "llama3:latest")
        #expect(listing.entry(for: "llama3", dialect: .openRouter) == nil)
    }

    @Test func `a suffix that chooses how OpenRouter routes need not be listed`() throws {
        let listing = try listing(
            #"{"data":[{"id":"a/b","pricing":{"prompt":"0.000001","completion":"0.000002"}},{"id":"a/b:free"}]}"#)
        #expect(listing.entry(for: "a/b:nitro", dialect: .openRouter)?.id == "a/b")
        #expect(listing.entry(for: "a/b:free", dialect: .openRouter)?.id == "a/b:free")
        #expect(listing.entry(for: "a/b:unknown", dialect: .openRouter) == nil)
        #expect(listing.entry(for: "a/b:nitro", dialect: .openAI) == nil)
        #expect(listing.entry(for: "a/b:nitro", dialect: .openRouter)?.promptPrice != nil)
        // It searches the web, at a price of its own.
        #expect(listing.entry(for: "a/b:online", dialect: .openRouter) == ModelListing.Entry(id: "a/b"))
    }

    @Test(arguments: ["", "<html>", "[]", #"{"data":{}}"#, #"{"models":[]}"#])
    func `what is no list is an error`(body: String) {
        #expect(throws: DecodingError.self) { try listing(body) }
    }

    @Test func `the request carries the key and the extra headers`() {
        let provider = Provider(
            name: "one", baseURL: "https://one.example.com/v1/", apiKey: Secret("k"), headers: ["X-Title": "t"])
        let request = provider.listingRequest
        #expect(request.method == .get)
        #expect(request.url == "https://one.example.com/v1/models")
        #expect(request.headers.map(\.name) == ["Accept", "Authorization", "X-Title"])
        #expect(request.headers.map(\.value) == ["application/json", "Bearer k", "t"])
        #expect(provider.keyRequest.url == "https://one.example.com/v1/key")
    }
}
