import Foundation
import HTTPCore
import Testing
import Vocabulary

@testable import ModelClient

struct RetryHintTests {
    /// Sunday, 6 November 1994, 08:49:37 GMT.
    private let now = Date(timeIntervalSince1970: 784_111_777)

    private func wait(_ headers: [(name: String, value: String)], error: ErrorBody? = nil) -> Duration? {
        RetryHint(now: now).wait(response: TransportResponse(status: 429, headers: headers), error: error)
    }

    @Test(
        arguments: [
            ("0", .zero), ("1", .seconds(1)), ("40", .seconds(40)), ("3600", .seconds(3600)), (" 7 ", .seconds(7)),
            ("1.5", .milliseconds(1500)), ("99999999999", .seconds(86_400)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", .seconds(30)), ("Sun, 06 Nov 1994 08:00:00 GMT", .zero),
            ("-1", nil), ("soon", nil), ("", nil), ("nan", nil), ("inf", nil), ("0x10", nil), ("1e3", nil),
            ("1.2.3", nil),
            ("Sun, 06 Foo 1994 08:50:07 GMT", nil), ("Sun, 06 Nov 10000 08:50:07 GMT", nil),
            ("Sun, 06 Nov 9223372036854775807 08:50:07 GMT", nil), (String(repeating: "9", count: 400), nil),
        ] as [(String, Duration?)])
    func `reads Retry-After`(value: String, expected: Duration?) {
        #expect(wait([("retry-after", value)]) == expected)
    }

    @Test func `prefers the header in milliseconds`() {
        #expect(wait([("Retry-After", "2"), ("retry-after-ms", "1200")]) == .milliseconds(1200))
        #expect(wait([("Retry-After", "2"), ("retry-after-ms", "soon")]) == .seconds(2))
    }

    @Test func `takes the availability's hint when no header can be read`() {
        let error = ErrorBody(["availability": ["retry_after": 12]])
        #expect(wait([], error: error) == .seconds(12))
        #expect(wait([("Retry-After", "soon")], error: error) == .seconds(12))
        #expect(wait([("Retry-After", "3")], error: error) == .seconds(3))
        #expect(wait([], error: ErrorBody(["availability": ["retry_after": -1]])) == nil)
    }

    @Test(
        arguments: [
            ("1767000010", .seconds(10)), ("1767000010000", .seconds(10)), ("1766999999", .zero),
            ("1900000000", .seconds(86_400)), ("60", nil), ("6m0s", nil), ("1e999", nil),
        ] as [(String, Duration?)])
    func `reads the time of a reset as an epoch in seconds or milliseconds`(value: String, expected: Duration?) {
        let response = TransportResponse(status: 429, headers: [("X-RateLimit-Reset", value)])
        let hint = RetryHint(now: Date(timeIntervalSince1970: 1_767_000_000))
        #expect(hint.wait(response: response, error: nil) == expected)
    }

    @Test(
        arguments: [
            ("6m0s", .seconds(360)), ("120ms", .milliseconds(120)), ("1h2m3.5s", .milliseconds(3_723_500)),
            ("0s", .zero), ("7", .seconds(7)), ("2d", .seconds(86_400)), ("soon", nil), ("6m0", nil), ("s", nil),
            ("-1s", nil), ("1e3s", nil), ("6 m", nil), ("1x", nil), (String(repeating: "1s", count: 30), nil),
        ] as [(String, Duration?)])
    func `reads OpenAI's resets`(value: String, expected: Duration?) {
        #expect(wait([("x-ratelimit-reset-requests", value)]) == expected)
    }

    @Test func `waits for the limit that is used up`() {
        let resets: [(name: String, value: String)] = [
            ("x-ratelimit-reset-requests", "1s"), ("x-ratelimit-reset-tokens", "6m0s"),
        ]
        #expect(wait(resets) == .seconds(1))
        #expect(wait(resets + [("x-ratelimit-remaining-tokens", "0")]) == .seconds(360))
        #expect(
            wait(resets + [("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-remaining-requests", "0")])
                == .seconds(360))
        #expect(wait(resets + [("Retry-After", "3")]) == .seconds(3))
    }

    @Test func `reads what an upstream said, wherever it is handed on`() {
        let error = ErrorBody(["metadata": ["headers": ["Retry-After": "5", "X-RateLimit-Reset": "784111787000"]]])
        #expect(wait([], error: error) == .seconds(5))
        #expect(wait([], error: ErrorBody(["metadata": ["headers": ["X-RateLimit-Reset": 784_111_787]]])) == nil)
        #expect(wait([("llm_provider-retry-after", "9")]) == .seconds(9))
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
    func `reads HTTP dates`(text: String) {
        #expect(Date(httpDate: text) == now)
    }

    @Test func `reads a two-digit year as one of this century`() {
        #expect(Date(httpDate: "Sunday, 06-Nov-94 08:49:37 GMT") == Date(httpDate: "Sat, 06 Nov 2094 08:49:37 GMT"))
    }
}
