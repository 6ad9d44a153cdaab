import Foundation
import ModelStandIn
import Testing
import Vocabulary

/// Everything that was seen in the field and that a client must be ready for can be had by a fault's name.
///
/// One thing cannot: a connection that is slow to be made. The kernel makes it before the server hears of it, so that
/// is left to the tests of the transport.
@Suite(.timeLimit(.minutes(5)))
struct ChecklistTests {
    struct Item: Sendable, CustomTestStringConvertible {
        var name: String
        var isStream = false
        var holds: @Sendable (RawHTTPResponse) throws -> Bool

        var testDescription: String { isStream ? "\(name), stream" : name }

        static func whole(_ name: String, _ holds: @escaping @Sendable (RawHTTPResponse) throws -> Bool) -> Item {
            Item(name: name, holds: holds)
        }

        /// An answer that says in its status and in its body what it is.
        static func json(
            _ name: String, _ status: Int = 200, _ holds: @escaping @Sendable (JSONValue) throws -> Bool
        ) -> Item {
            whole(name) { try $0.status == status && $0.isComplete && holds(try $0.json()) }
        }

        static func error(
            _ name: String, _ status: Int, _ holds: @escaping @Sendable (JSONValue) throws -> Bool
        ) -> Item {
            json(name, status) { json in try holds(try #require(json["error"])) }
        }

        static func stream(_ name: String, _ holds: @escaping @Sendable (EventStream) throws -> Bool) -> Item {
            Item(name: name, isStream: true) { response in try holds(try response.events()) }
        }
    }

    @Test(arguments: answers + errors + hints + streams + timing)
    func `has a name for`(item: Item) async throws {
        let (response, entry) = try await StandInFixture.meet(
            try Fault(text: item.name),
            asking: item.isStream ? StandInFixture.streamRequest() : StandInFixture.request())
        #expect(try item.holds(response))
        #expect(entry.fault == item.name)
    }

    private static let answers: [Item] = [
        .whole("leading_whitespace") { try $0.body.first == 0x0A && $0.content() != nil },
        .json("error_body") { $0["error"] != nil && $0["choices"] == nil },
        .json("empty_choices") { $0["choices"] == [] },
        .json("null_content") { $0["choices"]?[0]?["message"]?["content"] == .null },
        .json("empty_content") { json in
            json["choices"]?[0]?["message"]?["content"] == "" && json["choices"]?[0]?["finish_reason"] == "stop"
        },
        .json("choice_error") { json in
            json["choices"]?[0]?["error"] != nil
                && json["choices"]?[0]?["message"]?["content"]?.string?.isEmpty == false
        },
        .json("truncated") { $0["choices"]?[0]?["finish_reason"] == "length" },
        .whole("empty_body") { $0.status == 200 && $0.isComplete && $0.body.isEmpty },
        .json("missing_usage") { $0["usage"] == nil && $0["choices"] != nil },
        .json("null_cost") { $0["usage"]?["cost"] == .null },
        .json("other_model") { $0["model"] == "stand-in/other-model" },
        .json("other_model:made/up:free") { $0["model"] == "made/up:free" },
        .json("extra_fields") { json in
            [json, json["usage"], json["choices"]?[0], json["choices"]?[0]?["message"]]
                .allSatisfy { $0?["x_unheard_of"]?["kind"] == "stranger" }
        },
        .whole("cost_as:1e-05") { String(decoding: $0.body, as: UTF8.self).contains(#""cost":1e-05,"#) },
        .whole("cost_as:123456789012345678901234567890") {
            String(decoding: $0.body, as: UTF8.self).contains(#""cost":123456789012345678901234567890,"#)
        },
        .whole("exponent_cost") {
            try String(decoding: $0.body, as: UTF8.self).contains(#""cost":9500e-09,"#)
                && $0.json()["usage"]?["cost"]?.decimal == USD(nanos: 9_500).dollars
        },
    ]

    private static let errors: [Item] = [
        .error("server_error", 500) { $0["code"] == 500 },
        .error("string_code", 500) { $0["code"] == "server_error" },
        .error("no_code", 503) { $0["code"] == nil && $0["http_status"] == 503 && $0["error_type"] != nil },
        .json("flat_error", 400) { $0["object"] == "error" && $0["code"] == 400 && $0["error"] == nil },
        .whole("bad_gateway") { $0.status == 502 && $0.body.starts(with: Data("<html>".utf8)) },
        .whole("edge_timeout") { $0.status == 524 && $0.body.starts(with: Data("<html>".utf8)) },
        .error("fewer_max_tokens", 402) { $0["message"]?.string?.contains("fewer max_tokens") == true },
        .error("budget_exceeded", 403) { $0["message"]?.string?.contains("budget") == true },
        .error("key_limit", 403) { $0["message"]?.string?.contains("Key limit") == true },
        .error("no_endpoints", 404) { error in
            error["code"] == nil && error["availability"]?["code"] == "no_endpoints"
                && error["availability"]?["retryable"] == false
                && error["availability"]?["requested_models"] == [.string(StandInFixture.model)]
                && error["availability"]?["fallback_models"] == ["stand-in/other-model"]
        },
        .error("over_max_price", 404) { error in
            error["availability"]?["code"] == "constraint_filtered"
                && error["availability"]?["excluded_by"] == ["max_price"]
        },
    ]

    private static let hints =
        ["0", "1", "40", "3600", "Wed, 21 Oct 2026 07:28:00 GMT", "garbage", "-5"].map { (hint: String) in
            Item.whole("rate_limited:\(hint)") { $0.status == 429 && $0.header("Retry-After") == hint }
        } + otherHints

    private static let otherHints: [Item] = [
        .whole("rate_limit_reset") { response in
            let reset = try response.json()["error"]?["metadata"]?["headers"]?["X-RateLimit-Reset"]
            // A minute after the clock of the fixture.
            return response.status == 429 && response.header("Retry-After") == nil && reset == "1795341660000"
        },
        .error("daily_quota", 429) { $0["message"]?.string?.contains("per-day") == true },
        .error("capacity_exhausted:40", 429) { error in
            error["availability"]?["retryable"] == true && error["availability"]?["retry_after"] == 40
        },
    ]

    private static let streams: [Item] = [
        .stream("comments_first:5") { $0.comments.count == 10 && $0.isDone },
        .stream("usage_without_choices") { $0.chunks.last?["choices"] == [] && $0.chunks.last?["usage"] != nil },
        .stream("usage_with_empty_choice") {
            $0.chunks.last?["choices"]?.elements?.count == 1 && $0.chunks.last?["usage"] != nil
        },
        .stream("usage_on_finish") {
            $0.chunks.last?["choices"]?[0]?["finish_reason"] == "stop" && $0.chunks.last?["usage"] != nil
        },
        .stream("usage_on_every_chunk") { $0.usages.count == $0.chunks.count },
        .stream("cut_after:2") { !$0.isDone && $0.finishReasons.isEmpty && $0.content == #"{"label""# },
        .stream("malformed_line") { $0.data.count == $0.chunks.count + 1 && $0.isDone },
        .stream("stream_error") { $0.chunks.last?["error"]?["code"] == 502 },
        .stream("stream_error_word") { $0.chunks.last?["error"]?["code"] == "server_error" },
        .stream("missing_done") { !$0.isDone && $0.finishReasons == ["stop"] },
        Item(name: "split_characters", isStream: true) { response in
            response.pieces.contains { String(validating: $0, as: UTF8.self) == nil }
        },
        Item(name: "crlf", isStream: true) { $0.body.suffix(4) == Data("\r\n\r\n".utf8) },
        Item(name: "overloaded", isStream: true) { try $0.status == 529 && $0.json()["error"] != nil },
    ]

    private static let timing: [Item] = [
        .whole("slow:1") { try $0.content() != nil },
        .whole("slow_body:0") { try $0.isComplete && $0.content() != nil },
        .whole("reset_after_headers") { $0.status == 200 && $0.wasReset && !$0.isComplete },
        Item(name: "reset_after_headers", isStream: true) { $0.status == 200 && $0.wasReset && !$0.isComplete },
    ]
}
