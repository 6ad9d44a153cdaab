import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

struct UsageReportTests {
    private func cost(
        _ usage: String?, status: Int = 200, model: Model = .sample("a"),
        headers: [(name: String, value: String)] = []
    ) throws -> Cost {
        let body = try JSONValue(parsing: Data("{\(usage.map { "\"usage\":\($0)" } ?? "")}".utf8))
        var report = UsageReport(in: body)
        report.fill(from: TransportResponse(status: status, headers: headers))
        return report.cost(for: model, status: status)
    }

    @Test(
        arguments: [
            ("0.000066", 66_000), ("1e-05", 10_000), ("0", 0), ("0.0000000001", 1), ("1.5E+1", 15_000_000_000),
            ("\"0.000066\"", 66_000), ("\"1e-05\"", 10_000), ("9000000000", 9_000_000_000_000_000_000),
        ] as [(String, Int64)])
    func `takes the charged amount exactly, rounded up`(cost: String, nanos: Int64) throws {
        let usage = #"{"prompt_tokens":100,"completion_tokens":20,"cost":\#(cost)}"#
        #expect(try self.cost(usage) == .billed(USD(nanos: nanos)))
    }

    @Test(arguments: ["null", "\"free\"", "\"\"", "-1", "\"-1\"", "1e60", "\"1e400\"", "true", "[1]", "9300000000"])
    func `estimates from tokens when the amount is no use`(cost: String) throws {
        let usage = #"{"prompt_tokens":100,"completion_tokens":20,"cost":\#(cost)}"#
        // 100 at 1 dollar per million, 20 at 10 dollars per million.
        #expect(try self.cost(usage) == .estimated(USD(nanos: 300_000)))
    }

    @Test(
        arguments: [
            (0, nil, 300_000), (40, nil, 300_000), (40, 100_000, 264_000), (100, 100_000, 210_000),
            (400, 100_000, 210_000), (-5, 100_000, 300_000),
        ] as [(Int, Int64?, Int64)])
    func `counts cached tokens as part of the prompt, at their own price`(cached: Int, price: Int64?, nanos: Int64)
        throws
    {
        var model = Model.sample("a")
        model.cachedPromptPrice = price.flatMap { TokenPrice(picos: $0) }
        let usage = """
            {"prompt_tokens":100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":\(cached)},
            "completion_tokens_details":{"reasoning_tokens":15}}
            """
        #expect(try cost(usage, model: model) == .estimated(USD(nanos: nanos)))
    }

    @Test func `adds what each request costs`() throws {
        var model = Model.sample("a")
        model.requestPrice = USD(nanos: 5)
        #expect(
            try cost(#"{"prompt_tokens":100,"completion_tokens":20}"#, model: model)
                == .estimated(USD(nanos: 300_005)))
    }

    @Test(
        arguments: [
            ("0.000123", .billed(USD(nanos: 123_000))), ("1e-05", .billed(USD(nanos: 10_000))),
            ("0.0", .estimated(USD(nanos: 300_000))), ("None", .estimated(USD(nanos: 300_000))),
            ("-1", .estimated(USD(nanos: 300_000))),
        ] as [(String, Cost)])
    func `takes LiteLLM's amount from the header, but no zero`(value: String, expected: Cost) throws {
        let headers = [(name: "x-litellm-response-cost", value: value)]
        #expect(try cost(#"{"prompt_tokens":100,"completion_tokens":20}"#, headers: headers) == expected)
        #expect(try cost(#"{"cost":0.5}"#, headers: headers) == .billed(USD(nanos: 500_000_000)))
    }

    @Test func `is really nothing for an answer from OpenRouter's cache`() throws {
        let zeros = #"{"prompt_tokens":0,"completion_tokens":0}"#
        #expect(try cost(zeros, headers: [("X-OpenRouter-Cache-Status", "HIT")]) == .billed(.zero))
        #expect(try cost(#"{"prompt_tokens":0,"completion_tokens":0,"cost":0}"#) == .billed(.zero))
        #expect(try cost(zeros, headers: [("X-OpenRouter-Cache-Status", "MISS")]) == .unknown)
        #expect(try cost(zeros) == .unknown)
    }

    @Test func `adds the upstream's own bill for a key of one's own`() throws {
        let usage = #"{"cost":0.001,"is_byok":true,"cost_details":{"upstream_inference_cost":0.02}}"#
        #expect(try cost(usage) == .billed(USD(nanos: 21_000_000)))
    }

    @Test(arguments: [
        nil, "null", "{}", #"{"prompt_tokens":100}"#, #"{"prompt_tokens":-1,"completion_tokens":1}"#,
        #"{"prompt_tokens":"many","completion_tokens":1}"#,
        #"{"prompt_tokens":99999999999999999999999999,"completion_tokens":1}"#,
    ])
    func `is unknown, not zero, without usable usage`(usage: String?) throws {
        #expect(try cost(usage) == .unknown)
    }

    @Test func `is unknown for tokens without a price`() throws {
        let model = Model(name: "x", provider: "one", promptPrice: .free)
        #expect(try cost(#"{"prompt_tokens":1,"completion_tokens":1}"#, model: model) == .unknown)
    }

    @Test(arguments: [400, 401, 402, 404, 413, 422, 429, 503, 529])
    func `is nothing for a request refused before any work`(status: Int) throws {
        #expect(try cost(nil, status: status) == .none)
    }

    @Test(arguments: [408, 500, 502, 504, 524])
    func `is unknown when a server failed at work`(status: Int) throws {
        #expect(try cost(nil, status: status) == .unknown)
    }

    @Test func `believes a bill that comes with an error`() throws {
        #expect(try cost(#"{"cost":0.5}"#, status: 400) == .billed(USD(nanos: 500_000_000)))
    }

    @Test func `believes no absurd number of tokens`() throws {
        let body = try JSONValue(
            parsing: Data(
                #"{"usage":{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807}}"#.utf8))
        let usage = try #require(UsageReport(in: body).usage)
        #expect(usage.promptTokens + usage.completionTokens == 2_000_000_000)
    }
}
