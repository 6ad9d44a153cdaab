import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

/// The bodies that servers were seen to send, or document.
struct ResponseDecoderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var status = 200
        var body: String
        var expected: Result<Completion, FailureSignal>

        var testDescription: String { name }

        static func good(_ name: String, _ body: String, text: String = "ok", isCutOff: Bool = false) -> Case {
            Case(name: name, body: body, expected: .success(Completion(text: text, isCutOff: isCutOff)))
        }

        static func bad(
            _ name: String, status: Int = 200, _ body: String, _ kind: FailureKind, _ reason: String,
            _ change: (inout FailureSignal) -> Void = { _ in }
        ) -> Case {
            var signal = FailureSignal(kind, reason)
            change(&signal)
            return Case(name: name, status: status, body: body, expected: .failure(signal))
        }
    }

    private static func choices(_ choice: String) -> String {
        #"{"id":"gen-1","choices":[\#(choice)]}"#
    }

    static let cases: [Case] = [
        .good("1 normal", choices(#"{"finish_reason":"stop","message":{"role":"assistant","content":"ok"}}"#)),
        .good("2 keep-alive lines first", "\n\n  \n" + choices(#"{"message":{"content":"ok"}}"#)),
        .bad(
            "3 error in a 200",
            #"{"error":{"code":502,"message":"m","metadata":{"error_type":"provider_unavailable"}}}"#,
            .unavailable, "HTTP 200, error 502, provider_unavailable"),
        .bad(
            "3 error and choices in a 200",
            #"{"error":{"code":429,"message":"m"},"choices":[{"message":{"content":"ok"}}]}"#,
            .rateLimited, "HTTP 200, error 429"),
        .good("3 error null", #"{"error":null,"choices":[{"message":{"content":"ok"}}]}"#),
        .bad("4 no choice in the list", #"{"choices":[]}"#, .malformedResponse, "no choices"),
        .bad("4 no list of choices", #"{"id":"gen-1"}"#, .malformedResponse, "no choices"),
        .good("5 content null", choices(#"{"finish_reason":"stop","message":{"content":null}}"#), text: ""),
        .good("6 content empty", choices(#"{"finish_reason":"stop","message":{"content":""}}"#), text: ""),
        .good(
            "6 content in parts",
            choices(
                #"{"message":{"content":[{"type":"text","text":"o"},{"type":"image"},{"type":"text","text":"k"}]}}"#)),
        .good("6 message missing", choices(#"{"finish_reason":"stop"}"#), text: ""),
        .bad(
            "7 error in the choice, with partial content",
            choices(#"{"error":{"code":504,"message":"m"},"message":{"content":"hal"},"finish_reason":"error"}"#),
            .timeout, "HTTP 200, error 504"),
        .bad(
            "7 finish reason error without an error",
            choices(#"{"finish_reason":"error","message":{"content":"hal"}}"#),
            .unavailable, "finish reason error"),
        .good(
            "8 cut off", choices(#"{"finish_reason":"length","message":{"content":"hal"}}"#), text: "hal",
            isCutOff: true),
        .good(
            "8 cut off behind a stop",
            choices(#"{"finish_reason":"stop","native_finish_reason":"MAX_TOKENS","message":{"content":"hal"}}"#),
            text: "hal", isCutOff: true),
        .bad(
            "8 filtered", choices(#"{"finish_reason":"content_filter","message":{"content":"hal"}}"#),
            .refused, "finish reason content_filter"),
        .bad(
            "8 refusal in place of content", choices(#"{"message":{"content":null,"refusal":"I cannot"}}"#),
            .refused, "the model refused"),
        .bad("9 integer code", status: 400, #"{"error":{"code":400,"message":"m"}}"#, .invalidRequest, "HTTP 400"),
        .bad("10 text code of digits", #"{"error":{"code":"429","message":"m"}}"#, .rateLimited, "HTTP 200, error 429"),
        .bad(
            "10 text code of words", status: 429, #"{"error":{"code":"insufficient_quota","message":"m","type":"x"}}"#,
            .quotaExceeded, "HTTP 429, insufficient_quota"
        ) { $0.concernsProvider = true },
        .bad(
            "11 no code, http_status",
            #"{"error":{"message":"m","error_type":"rate_limit_exceeded","http_status":429}}"#,
            .rateLimited, "HTTP 200, error 429, rate_limit_exceeded"),
        .bad("11 no code at all", #"{"error":{"message":"m"}}"#, .unavailable, "HTTP 200, error without code"),
        .bad(
            "12 flat error of vLLM", status: 404,
            #"{"object":"error","message":"m","type":"NotFoundError","param":null,"code":404}"#,
            .unknownModel, "HTTP 404"),
        .bad("12 bare text error", status: 500, #"{"error":"m"}"#, .unavailable, "HTTP 500"),
        .bad("13 HTML 502", status: 502, "<html>Bad gateway</html>", .unavailable, "HTTP 502"),
        .bad("13 HTML 404", status: 404, "<html>Not found</html>", .unavailable, "HTTP 404"),
        .bad("13 HTML 524", status: 524, "<html>A timeout occurred</html>", .timeout, "HTTP 524"),
        .bad("13 HTML 200", "<html></html>", .malformedResponse, "not a JSON object"),
        .bad("14 empty 200", "", .malformedResponse, "empty response"),
        .bad("14 empty 503", status: 503, "", .unavailable, "HTTP 503"),
        .bad(
            "16 reset in the metadata's headers, milliseconds", status: 429,
            #"{"error":{"code":429,"metadata":{"headers":{"X-RateLimit-Reset":"1767000060000"}}}}"#,
            .rateLimited, "HTTP 429"
        ) { $0.retryAfter = .seconds(60) },
        .bad(
            "16 reset in the metadata's headers, seconds", status: 429,
            #"{"error":{"code":429,"metadata":{"headers":{"x-ratelimit-reset":1767000030}}}}"#,
            .rateLimited, "HTTP 429"
        ) { $0.retryAfter = .seconds(30) },
        .bad(
            "17 daily quota", status: 429,
            #"{"error":{"code":429,"message":"Rate limit exceeded: free-models-per-day. Add 10 credits"}}"#,
            .quotaExceeded, "HTTP 429"),
        .bad(
            "17 daily quota by its source", status: 429,
            #"{"error":{"code":429,"message":"m","metadata":{"limit_source":"free_tier_daily"}}}"#,
            .quotaExceeded, "HTTP 429"),
        .bad(
            "18 too little credit for max_tokens", status: 402,
            #"{"error":{"code":402,"message":"requires more credits, or fewer max_tokens"}}"#,
            .quotaExceeded, "HTTP 402"
        ) { $0.concernsProvider = true },
        .bad(
            "19 budget used up", status: 403,
            #"{"error":{"code":403,"message":"Budget exceeded","metadata":{"error_type":"permission_denied"}}}"#,
            .quotaExceeded, "HTTP 403, permission_denied"
        ) { $0.concernsProvider = true },
        .bad(
            "20 model not available", status: 404,
            #"{"error":{"message":"m","error_type":"not_found","availability":{"code":"model_deprecated","retryable":false,"#
                + #""fallback_models":["x"]}}}"#,
            .unknownModel, "HTTP 404, model_deprecated"
        ) { $0.isRetryable = false },
        .bad(
            "20 capacity, to be asked again later", status: 429,
            #"{"error":{"message":"m","availability":{"code":"capacity_exhausted","retryable":true,"retry_after":40}}}"#,
            .rateLimited, "HTTP 429, capacity_exhausted"
        ) {
            $0.isRetryable = true
            $0.retryAfter = .seconds(40)
        },
        .good("23 another model answered", #"{"model":"other","choices":[{"message":{"content":"ok"}}]}"#),
        .good(
            "24 unknown fields",
            #"{"new":{"deep":[1]},"choices":[{"new":1,"message":{"content":"ok","annotations":[]}}]}"#),
        .good(
            "25 huge integers",
            #"{"created":99999999999999999999999999999999999999999999,"choices":[{"message":{"content":"ok"}}]}"#),
        .bad("JSON cut in the middle", #"{"choices":[{"mess"#, .malformedResponse, "not a JSON object"),
        .bad("JSON but no object", "[1,2]", .malformedResponse, "not a JSON object"),
        .bad("choices of a wrong type", #"{"choices":"none"}"#, .malformedResponse, "no choices"),
        .bad(
            "a number beyond all ranges", #"{"choices":[],"usage":{"cost":1e400}}"#, .malformedResponse,
            "not a JSON object"),
        .bad(
            "nested too deep", String(repeating: #"{"choices":["#, count: 5000), .malformedResponse, "not a JSON object"
        ),
        .bad(
            "half a character", #"{"choices":[{"message":{"content":"\ud800"}}]}"#, .malformedResponse,
            "not a JSON object"),
        .good("a name given twice", #"{"choices":[{"message":{"content":"ok","content":"ko"}}]}"#),
        .bad(
            "given up", choices(#"{"finish_reason":"abort","message":{"content":"o"}}"#), .unavailable,
            "finish reason abort"),
        .bad(
            "nobody serves it at this price", status: 404,
            #"{"error":{"message":"m","availability":{"code":"constraint_filtered","retryable":false,"#
                + #""excluded_by":["max_price"]}}}"#,
            .constrained, "HTTP 404, constraint_filtered, excluded by max_price"
        ) { $0.isRetryable = false },
        .bad("redirect", status: 301, "", .malformedResponse, "HTTP 301"),
    ]

    @Test(arguments: cases)
    func `reads`(_ example: Case) {
        let response = TransportResponse(status: example.status, body: Data(example.body.utf8))
        let reading = ResponseDecoder(now: Date(timeIntervalSince1970: 1_767_000_000)).reading(of: response)
        #expect(reading.result == example.expected)
    }

    private func reading(
        _ body: String, status: Int = 200, headers: [(name: String, value: String)] = []
    ) -> ResponseReading {
        ResponseDecoder(now: Date()).reading(
            of: TransportResponse(status: status, headers: headers, body: Data(body.utf8)))
    }

    @Test func `throws nothing for bytes that are not UTF-8`() {
        let body = Data(#"{"choices":[{"message":{"content":""#.utf8) + [0xFF, 0xFE] + Data(#""}}]}"#.utf8)
        let reading = ResponseDecoder(now: Date()).reading(of: TransportResponse(status: 200, body: body))
        #expect(reading.result == .failure(FailureSignal(.malformedResponse, "not a JSON object")))
    }

    @Test func `says who answered and under which id`() {
        let good = #"{"id":"gen-17","model":"maker/b","choices":[{"message":{"content":"ok"}}]}"#
        let reading = reading(good, headers: [("X-Generation-Id", "gen-18")])
        #expect(reading.status == 200)
        #expect(reading.generationID == "gen-17")
        #expect(reading.servedModel == "maker/b")
        #expect(reading.unreadEvents == 0)
    }

    @Test(
        arguments: [
            (#"{"id":"chatcmpl-1"}"#, "gen-18", "gen-18"), ("<html>", "gen-18", "gen-18"), ("", "gen-18", "gen-18"),
            (#"{"id":17}"#, nil, nil), (#"{"id":"chatcmpl-1"}"#, nil, nil), (#"{"id":"gen-1\n2"}"#, "a b", nil),
            (#"{"id":"gen-é"}"#, "", nil),
        ] as [(String, String?, String?)])
    func `takes the id from the header when the body has none`(body: String, header: String?, id: String?) {
        let reading = reading(body, status: 502, headers: header.map { [("x-generation-id", $0)] } ?? [])
        #expect(reading.generationID == id)
    }

    @Test func `bounds names`() {
        let long = String(repeating: "x", count: 201)
        #expect(reading(#"{"id":"gen-\#(long)","model":"\#(long)"}"#).generationID == nil)
        #expect(reading(#"{"id":"gen-\#(long)","model":"\#(long)"}"#).servedModel == nil)
        #expect(reading(#"{"model":"a\tb"}"#).servedModel == nil)
    }

    @Test func `reads the tools that are called`() {
        let call = ##"{"id":"c1","type":"function","function":{"name":"find_order","arguments":"{\"name\":\"#1\"}"}}"##
        let bare = ##"{"function":{"name":"find_order","arguments":{"name":"#2"}}}"##
        let body =
            #"{"choices":[{"finish_reason":"tool_calls","message":{"content":null,"tool_calls":[\#(call),\#(bare),7]}}]}"#
        #expect(
            reading(body).result
                == .success(
                    Completion(
                        text: "",
                        toolCalls: [
                            .init(id: "c1", name: "find_order", arguments: ##"{"name":"#1"}"##),
                            .init(id: "", name: "find_order", arguments: ##"{"name":"#2"}"##),
                            .init(id: "", name: "", arguments: ""),
                        ], isCutOff: false)))
    }

    @Test func `keeps a server's words out of the reason`() {
        let secret = "s3cret prompt"
        let body = """
            {"error":{"code":"\(secret)","message":"\(secret)","type":"\(secret)","error_type":"\(secret)",
            "availability":{"code":"\(secret)"},"metadata":{"raw":"\(secret)","error_type":"\(secret)"}}}
            """
        for status in [200, 400, 401, 402, 403, 404, 429, 500] {
            let response = TransportResponse(status: status, body: Data(body.utf8))
            guard case .failure(let signal) = ResponseDecoder(now: Date()).reading(of: response).result else {
                Issue.record("an error was read as an answer")
                continue
            }
            #expect(!signal.reason.contains("s3cret"))
        }
    }
}
