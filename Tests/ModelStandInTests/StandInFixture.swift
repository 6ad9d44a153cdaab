import BellhopTesting
import Foundation
import Logging
import ModelStandIn
import ServiceTestSupport
import Testing
import Vocabulary

/// A stand-in that runs for the time of one test.
struct StandInFixture {
    let port: Int
    let bill: Bill
    let controls: StandInControls
    /// An element for each request that has arrived.
    let arrivals: AsyncStream<Void>

    static let model = "openai/gpt-5-mini"

    /// 0.25 and 2.00 dollars per million tokens.
    static func prices() throws -> [String: ModelPrice] {
        [
            model: ModelPrice(
                prompt: try #require(TokenPrice(picos: 250_000)),
                completion: try #require(TokenPrice(picos: 2_000_000)))
        ]
    }

    /// Starts a server on a free port, runs the body and stops the server.
    static func with<T: Sendable>(
        _ configuration: StandInConfiguration, bill: Bill = Bill(), faults: FaultSwitch? = nil,
        _ body: @Sendable (StandInFixture) async throws -> T
    ) async throws -> T {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        return try await RunningServer.run {
            StandInServer(
                configuration: configuration, bill: bill, faults: faults,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                now: {
                    // The server looks at its clock once for each request.
                    arrived.yield()
                    return Date(timeIntervalSince1970: 1_795_341_600)
                },
                onRunning: $0)
        } during: { running in
            try await body(
                StandInFixture(
                    port: running.port, bill: bill, controls: running.server.controls, arrivals: arrivals))
        }
    }

    /// Asks a server with this one fault once.
    static func meet(
        _ fault: Fault, asking request: JSONValue = request(), answers: CannedAnswers = CannedAnswers(),
        personality: Personality = .openRouter
    ) async throws -> (response: RawHTTPResponse, entry: BillStatement.Entry) {
        let configuration = StandInConfiguration(
            personality: personality, answers: answers, prices: try prices(),
            faults: [FaultRule(model: model, fault: fault)])
        return try await with(configuration) { standIn in
            let response = try await standIn.ask(request)
            return (response, try #require(standIn.bill.statement.requests.first))
        }
    }

    func ask(
        _ request: JSONValue, path: String = "/v1/chat/completions", headers: [String: String] = [:]
    ) async throws -> RawHTTPResponse {
        try await RawHTTPClient.send(Self.text(request, path: path, headers: headers), toPort: port)
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> RawHTTPResponse {
        let extra = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        let text = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\(extra)\r\n"
        return try await RawHTTPClient.send(Data(text.utf8), toPort: port)
    }

    static func text(_ request: JSONValue, path: String, headers: [String: String] = [:]) throws -> Data {
        let body = try request.canonicalData()
        let extra = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        let head =
            "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\(extra)\r\n"
        return Data(head.utf8) + body
    }

    /// A request for a verdict about a text.
    static func request(
        _ text: String = "Is this fine?", model: String = model, maxTokens: Int = 200, task: String? = "classification",
        extra: [String: JSONValue] = [:]
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "model": .string(model),
            "messages": [
                ["role": "system", "content": "Classify."], ["role": "user", "content": .string(text)],
            ],
            "max_tokens": .integer(Int64(maxTokens)),
            "response_format": [
                "type": "json_schema",
                "json_schema": [
                    "name": "verdict", "strict": true,
                    "schema": [
                        "type": "object",
                        "properties": ["label": ["type": "string", "enum": ["good", "bad"]]],
                        "required": ["label"], "additionalProperties": false,
                    ],
                ],
            ],
        ]
        if let task {
            members["metadata"] = ["task": .string(task)]
        }
        return .object(members.merging(extra) { $1 })
    }
}

extension RawHTTPResponse {
    func json() throws -> JSONValue {
        try JSONValue(parsing: body)
    }

    func content() throws -> String? {
        try json()["choices"]?[0]?["message"]?["content"]?.string
    }
}
